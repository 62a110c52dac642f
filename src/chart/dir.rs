//! A directory or a `.tgz` on disk. Not in the page.
