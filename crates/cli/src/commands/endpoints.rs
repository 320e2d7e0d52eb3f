//! `endpoints`: what is known about the endpoints.

use std::io::{self, Write};

use clap::Args;
use serde_json::{Value, json};
use trtc_rooms_core::{Endpoint, Incomplete, Payload, Rate};
use trtc_rooms_emulator::behaviour::{Depth, modelled};
use trtc_rooms_model::ENDPOINTS;
use trtc_rooms_model::json::JsonEndpoint;

use crate::exit::{Exit, Failure};
use crate::output::{self, Format, Paint, Style};

const AFTER_HELP: &str = "\
Examples:
  trtc-rooms endpoints
  trtc-rooms endpoints seat
  trtc-rooms endpoints --format json

`rate` is what the page documents; the pages do not say what it is counted over. \
`regions` are those that the page lists. `repeat` says whether making the same call \
twice does harm: whether it may be repeated when the answer got lost, and which codes \
then say that the first call was carried out. `emulator` says how much of the call \
`trtc-rooms emulator` models: `stateful` calls read or change what it stores, of a \
`shape only` call it checks the request and answers in the documented shape. `lacking` \
is what could not be read on the page.

Exit codes:
  0  always";

/// List the endpoints that are known: path, rate, regions, page and its date
#[derive(Args, Debug)]
#[command(after_long_help = AFTER_HELP)]
pub(crate) struct Arguments {
    /// List only those whose name, title or path contains this
    filter: Option<String>,

    /// How to write the list
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
}

pub(crate) fn run(arguments: &Arguments) -> Result<Exit, Failure> {
    let mut out = output::stdout();
    let filter = arguments.filter.as_deref().unwrap_or_default();
    let endpoints = ENDPOINTS
        .iter()
        .map(JsonEndpoint::endpoint)
        .filter(|endpoint| matches(endpoint, filter));
    let written = match arguments.format {
        Format::Json => {
            let list: Vec<Value> = endpoints.map(as_json).collect();
            output::json_pretty(&mut out, &list)
        }
        Format::Text => {
            let paint = Paint::stdout();
            let mut endpoints = endpoints.enumerate();
            endpoints.try_for_each(|(index, endpoint)| {
                if index > 0 {
                    writeln!(out)?;
                }
                as_text(&mut out, paint, endpoint)
            })
        }
    };
    written
        .and_then(|()| out.flush())
        .map_err(Failure::stdout)?;
    Ok(Exit::Success)
}

fn matches(endpoint: &Endpoint, filter: &str) -> bool {
    let filter = filter.to_lowercase();
    let texts = [endpoint.name, endpoint.title, endpoint.path];
    texts
        .iter()
        .any(|text| text.to_lowercase().contains(&filter))
}

fn as_text(out: &mut impl Write, paint: Paint, endpoint: &Endpoint) -> io::Result<()> {
    let Endpoint {
        name,
        title,
        path,
        rate,
        regions,
        page,
        incomplete,
        ..
    } = endpoint;
    writeln!(out, "{}  {title}", paint.with(Style::Name, name))?;
    writeln!(out, "  path     /{path}")?;
    writeln!(out, "  rate     {}", rate_in_words(*rate))?;
    writeln!(out, "  regions  {}", regions.join(", "))?;
    writeln!(out, "  repeat   {}", repeat_in_words(endpoint))?;
    writeln!(out, "  emulator {}", emulated(name))?;
    writeln!(
        out,
        "  page     {} ({}{})",
        page.url,
        page.title,
        page.updated
            .map_or_else(String::new, |date| format!(", updated {date}"))
    )?;
    for Incomplete { reason, .. } in *incomplete {
        writeln!(out, "  lacking  {reason}")?;
    }
    Ok(())
}

/// How much of a call the emulator models.
fn emulated(name: &str) -> &'static str {
    match modelled().find(|(modelled, _)| *modelled == name) {
        Some((_, Depth::Stateful)) => "stateful",
        Some(_) => "shape only",
        None => "not modelled",
    }
}

fn rate_in_words(rate: Rate) -> String {
    let calls = rate.calls;
    let plural = if calls == 1 { "" } else { "s" };
    match rate.per_seconds {
        1 => format!("{calls} call{plural} per second"),
        seconds => format!("{calls} call{plural} per {seconds} seconds"),
    }
}

/// Whether making the same call twice does harm.
pub(crate) fn repeat_in_words(endpoint: &Endpoint) -> String {
    let repeat = endpoint.repeat;
    let codes: Vec<String> = repeat.done_codes.iter().map(i32::to_string).collect();
    let done = match codes.as_slice() {
        [] => String::new(),
        codes => format!(
            "; {} then says that the first call was carried out",
            codes.join(" or ")
        ),
    };
    let safe = if repeat.safe { "safe" } else { "not safe" };
    format!("{safe}{done}")
}

fn as_json(endpoint: &Endpoint) -> Value {
    let Endpoint {
        name,
        title,
        path,
        rate,
        regions,
        page,
        repeat,
        payload,
        group,
        incomplete,
        ..
    } = endpoint;
    let incomplete: Vec<Value> = incomplete
        .iter()
        .map(|Incomplete { about, reason }| json!({ "about": about, "reason": reason }))
        .collect();
    json!({
        "name": name,
        "group": group,
        "title": title,
        "path": format!("/{path}"),
        "rate": { "calls": rate.calls, "per_seconds": rate.per_seconds },
        "regions": regions,
        "repeat": { "safe": repeat.safe, "done_codes": repeat.done_codes },
        "payload": match payload {
            Payload::Beside => "beside",
            Payload::Nested => "nested",
        },
        "page": { "title": page.title, "url": page.url, "updated": page.updated },
        "incomplete": incomplete,
        "emulator": emulated(name),
    })
}
