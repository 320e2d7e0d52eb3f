//! Calling the service: as whom, where, how long, and what is checked before. What `call`
//! and `apply` have in common.

use std::env;
use std::time::Duration;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum};
use trtc_rooms::{BuildError, Client, ClientBuilder, Region};

use crate::cli::sdkappids;
use crate::exit::Failure;
use crate::key::KeyArgs;

/// The environment variable with the base URL.
const VARIABLE: &str = "TRTC_BASE_URL";

/// As whom and where to call.
#[derive(Args, Debug)]
pub(crate) struct ServiceArgs {
    /// SDKAppID of the app
    #[arg(long, value_name = "N", env = "TRTC_SDKAPPID", hide_env_values = true, value_parser = sdkappids())]
    sdkappid: u32,

    /// UserID of the app administrator that calls; the console sets up `administrator`
    #[arg(
        long,
        value_name = "ADMIN",
        env = "TRTC_IDENTIFIER",
        hide_env_values = true
    )]
    identifier: String,

    /// Data centre that the SDKAppID belongs to
    #[arg(long, value_name = "R", value_parser = regions(), ignore_case = true, conflicts_with = "base_url")]
    region: Option<Region>,

    /// Another address, such as that of an emulator; otherwise TRTC_BASE_URL
    ///
    /// One of --region, --base-url and TRTC_BASE_URL has to be there. The variable counts
    /// if neither option is given.
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,

    #[command(flatten)]
    key: KeyArgs,
}

/// What is done with a request that breaks a documented limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ValidationMode {
    /// Refuse it, send nothing
    Enforce,
    /// Say so, send it
    Warn,
    /// Do not look at it, send it
    Off,
}

impl ServiceArgs {
    pub(crate) fn sdkappid(&self) -> u32 {
        self.sdkappid
    }

    /// A client for it, set up further by `set_up`.
    pub(crate) fn client(
        &self,
        set_up: impl FnOnce(ClientBuilder) -> ClientBuilder,
    ) -> Result<Client, Failure> {
        let base_url = self.base_url()?;
        let builder = Client::builder(self.sdkappid, self.key.key()?).identifier(&self.identifier);
        let builder = match (self.region, base_url) {
            (Some(region), _) => builder.region(region),
            (None, Some(url)) => builder.base_url(url),
            (None, None) => {
                return Err(Failure::refused(format!(
                    "it is not known where to call: give --region, with the data centre of the \
                     app, or --base-url, or set {VARIABLE}"
                )));
            }
        };
        set_up(builder).build().map_err(|error| refused(&error))
    }

    /// The address, if one was given. An option wins over the variable, and an empty
    /// variable is none.
    fn base_url(&self) -> Result<Option<String>, Failure> {
        if self.region.is_some() || self.base_url.is_some() {
            return Ok(self.base_url.clone());
        }
        match env::var(VARIABLE) {
            Ok(url) if !url.is_empty() => Ok(Some(url)),
            Err(env::VarError::NotUnicode(_)) => {
                Err(Failure::refused(format!("{VARIABLE} is not UTF-8")))
            }
            _ => Ok(None),
        }
    }
}

/// Reads a time that is above zero.
pub(crate) fn seconds(text: &str) -> Result<Duration, String> {
    let seconds: f64 = text.parse().map_err(|_| "it is no number".to_owned())?;
    match Duration::try_from_secs_f64(seconds) {
        Ok(duration) if !duration.is_zero() => Ok(duration),
        _ => Err("it is not above 0, or longer than can be counted".to_owned()),
    }
}

/// Why no client can be made, in the words of this command.
fn refused(error: &BuildError) -> Failure {
    Failure::refused(match error {
        BuildError::PlainHttp { host, .. } => format!(
            "the base URL would send the ticket to {host} without encryption: use https; \
             plain http is for this machine"
        ),
        BuildError::Duration { .. } => "the timeout is longer than can be counted".to_owned(),
        other => other.to_string(),
    })
}

fn regions() -> impl TypedValueParser<Value = Region> {
    let names = Region::ALL
        .iter()
        .map(|region| PossibleValue::new(region.name()));
    PossibleValuesParser::new(names).try_map(|name| name.parse::<Region>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn k2_timeouts() {
        assert_eq!(seconds("10"), Ok(Duration::from_secs(10)));
        assert_eq!(seconds("0.25"), Ok(Duration::from_millis(250)));
        for text in ["0", "-1", "NaN", "inf", "1e400", "1e30", "1e-20", "", "5s"] {
            assert!(seconds(text).is_err(), "{text}");
        }
    }
}
