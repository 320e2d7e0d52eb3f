//! The secret key: from the environment or a file, never from an argument.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use clap::Args;
use trtc_usersig::SecretKey;

use crate::exit::Failure;
use crate::output::{reason, warning};
use crate::text::shown_path;

/// The environment variable with the key.
pub(crate) const VARIABLE: &str = "TRTC_SECRET_KEY";

/// No key is nearly so long. More is another file.
const MAX_KEY: usize = 64 * 1024;

/// Why `--key` does not exist.
pub(crate) const NOT_AN_ARGUMENT: &str = "the key is not taken from an argument, where the process list and the history \
     of the shell show it: set TRTC_SECRET_KEY, or give --key-file FILE";

/// Where the secret key comes from.
#[derive(Args, Debug)]
pub(crate) struct KeyArgs {
    /// File with the secret key; otherwise TRTC_SECRET_KEY holds the key
    ///
    /// A line end at the end of the file does not count. The file should be readable
    /// by you alone.
    #[arg(long, value_name = "FILE")]
    key_file: Option<PathBuf>,
}

impl KeyArgs {
    /// The key, which has to be there.
    pub(crate) fn key(&self) -> Result<SecretKey, Failure> {
        self.key_if_any()?.ok_or_else(|| {
            Failure::refused(format!(
                "the secret key is missing: set {VARIABLE}, or give --key-file FILE"
            ))
        })
    }

    /// The key, if one was given. An empty variable counts as none.
    pub(crate) fn key_if_any(&self) -> Result<Option<SecretKey>, Failure> {
        if let Some(path) = &self.key_file {
            return from_file(path).map(Some);
        }
        match std::env::var_os(VARIABLE) {
            None => Ok(None),
            Some(value) if value.is_empty() => Ok(None),
            Some(value) => match value.into_string() {
                Ok(text) => from_text(text, VARIABLE).map(Some),
                Err(_) => Err(Failure::refused(format!("{VARIABLE} is not UTF-8"))),
            },
        }
    }

    /// The file, if one was given.
    pub(crate) fn file(&self) -> Option<&Path> {
        self.key_file.as_deref()
    }
}

fn from_file(path: &Path) -> Result<SecretKey, Failure> {
    let (text, name) = secret_file(path, "key")?;
    from_text(text, &name)
}

/// The secret in a file, and how to call that file.
pub(crate) fn secret_file(path: &Path, what: &str) -> Result<(String, String), Failure> {
    let name = format!("the {what} file {}", shown_path(path));
    let refuse = |why: &str| Failure::refused(format!("{name} {why}"));
    let unreadable = |error| Failure::refused(format!("cannot read {name}: {}", reason(&error)));

    let file = File::open(path).map_err(unreadable)?;
    if file.metadata().is_ok_and(|metadata| metadata.is_dir()) {
        return Err(refuse("is a directory"));
    }
    warn_if_others_can_read(&file, &name);
    // The memory is taken once, so that growing leaves no copies of the key behind.
    let mut bytes = Vec::with_capacity(MAX_KEY + 1);
    file.take(MAX_KEY as u64 + 1)
        .read_to_end(&mut bytes)
        .map_err(unreadable)?;
    if bytes.len() > MAX_KEY {
        return Err(refuse(&format!("is too long to be a {what}")));
    }
    let text = String::from_utf8(bytes).map_err(|_| refuse("is not UTF-8"))?;
    Ok((text, name))
}

/// A secret without the line end of its file.
pub(crate) fn one_line(mut text: String, name: &str, what: &str) -> Result<String, Failure> {
    text.truncate(text.trim_end_matches(['\n', '\r']).len());
    if text.contains(['\n', '\r']) {
        return Err(Failure::refused(format!(
            "{name} holds several lines, and a {what} is one"
        )));
    }
    Ok(text)
}

fn from_text(text: String, name: &str) -> Result<SecretKey, Failure> {
    let text = one_line(text, name, "key")?;
    SecretKey::new(text).map_err(|_| Failure::refused(format!("{name} is empty")))
}

#[cfg(unix)]
fn warn_if_others_can_read(file: &File, name: &str) {
    use std::os::unix::fs::PermissionsExt;

    // What is no ordinary file (a pipe from a password manager) has a mode that says
    // nothing.
    let Ok(metadata) = file.metadata() else {
        return;
    };
    let mode = metadata.permissions().mode() & 0o777;
    if metadata.is_file() && mode & 0o077 != 0 {
        warning(&format!(
            "others may read {name} (mode {mode:04o}): `chmod 600` keeps it yours"
        ));
    }
}

#[cfg(not(unix))]
fn warn_if_others_can_read(_: &File, _: &str) {}
