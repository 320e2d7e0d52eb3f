//! Where calls go, and why no client can be made for that.

use std::env;

use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use trtc_rooms::{BuildError, ClientBuilder, Region};

use crate::exit::Failure;

/// The environment variable with the base URL.
const VARIABLE: &str = "TRTC_BASE_URL";

/// Where calls go.
#[derive(Args, Debug)]
pub(crate) struct TargetArgs {
    /// Data centre that the SDKAppID belongs to
    #[arg(long, value_name = "R", value_parser = regions(), ignore_case = true, conflicts_with = "base_url")]
    region: Option<Region>,

    /// Another address, such as that of an emulator; otherwise TRTC_BASE_URL
    ///
    /// One of --region, --base-url and TRTC_BASE_URL has to be there. The variable counts
    /// if neither option is given.
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
}

pub(crate) enum Target {
    Region(Region),
    BaseUrl(String),
}

impl TargetArgs {
    /// What was given. An option wins over the variable, and an empty variable is none.
    pub(crate) fn target(&self) -> Result<Target, Failure> {
        if let Some(region) = self.region {
            return Ok(Target::Region(region));
        }
        if let Some(url) = &self.base_url {
            return Ok(Target::BaseUrl(url.clone()));
        }
        match env::var(VARIABLE) {
            Ok(url) if !url.is_empty() => Ok(Target::BaseUrl(url)),
            Err(env::VarError::NotUnicode(_)) => {
                Err(Failure::refused(format!("{VARIABLE} is not UTF-8")))
            }
            _ => Err(Failure::refused(format!(
                "it is not known where to call: give --region, with the data centre of the app, \
                 or --base-url, or set {VARIABLE}"
            ))),
        }
    }
}

impl Target {
    pub(crate) fn apply(self, builder: ClientBuilder) -> ClientBuilder {
        match self {
            Self::Region(region) => builder.region(region),
            Self::BaseUrl(url) => builder.base_url(url),
        }
    }
}

/// Why no client can be made, in the words of this command.
pub(crate) fn refused(error: &BuildError) -> Failure {
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
