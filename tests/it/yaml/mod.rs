//! YAML against what Helm answered: `tests/corpus/yaml`.

mod random;
mod read;
mod tree;
mod write;
