//! YAML against what Helm answered: `tests/corpus/yaml`.

mod read;
mod write;
