use std::path::PathBuf;

use clap::Args;
use trtc_rooms_webhooks::Token;

use crate::exit::Failure;
use crate::key::{one_line, secret_file};
use crate::text::shown;

/// The environment variable with the token, unless another one is named.
const VARIABLE: &str = "TRTC_WEBHOOK_TOKEN";

/// Where the token of the webhooks comes from.
#[derive(Args, Debug)]
pub(super) struct TokenArgs {
    /// Environment variable with the token that signs webhooks [default:
    /// TRTC_WEBHOOK_TOKEN]
    #[arg(long, value_name = "NAME", conflicts_with = "token_file")]
    token_env: Option<String>,

    /// File with the token
    ///
    /// A line end at the end of the file does not count. The file should be readable
    /// by you alone.
    #[arg(long, value_name = "FILE")]
    token_file: Option<PathBuf>,
}

impl TokenArgs {
    /// The token, if one was given. An empty variable counts as none, unless it was
    /// named.
    pub(super) fn token_if_any(&self) -> Result<Option<Token>, Failure> {
        let (text, name) = if let Some(path) = &self.token_file {
            secret_file(path, "token")?
        } else {
            let variable = self.token_env.as_deref().unwrap_or(VARIABLE);
            let name = shown(variable);
            let value = std::env::var_os(variable).filter(|value| !value.is_empty());
            match value.map(std::ffi::OsString::into_string) {
                None if self.token_env.is_some() => {
                    return Err(Failure::refused(format!("{name} is not set")));
                }
                None => return Ok(None),
                Some(Ok(text)) => (text, name),
                Some(Err(_)) => return Err(Failure::refused(format!("{name} is not UTF-8"))),
            }
        };
        let text = one_line(text, &name, "token")?;
        let token = Token::new(text);
        token
            .map(Some)
            .map_err(|_| Failure::refused(format!("{name} is empty")))
    }
}
