//! `validate`: compares requests with the documents.

mod report;

use std::path::PathBuf;

use clap::Args;
use trtc_rooms_model::json::JsonEndpoint;

use crate::exit::{Exit, Failure};
use crate::input::{Line, MAX_REQUEST, Problem, Source, is_blank, parse};
use crate::near;
use crate::output::{self, Format};

use report::Reporter;
pub(crate) use report::{hint_line, violation_line};

const AFTER_HELP: &str = "\
Examples:
  trtc-rooms validate live/create_room request.json
  echo '{\"RoomInfo\":{\"RoomId\":\"live-1\"}}' | trtc-rooms validate live/create_room
  trtc-rooms validate live/create_room --ndjson --format json < requests.ndjson

A violation breaks a documented limit, and the service would refuse the request. A \
hint is about something that is allowed, but has no effect or looks like a mistake: \
an unknown member, say. Values of the request are never repeated.

With --format json there is one object a request, each on a line of its own:
  {\"valid\":false,
   \"violations\":[{\"pointer\":\"/RoomInfo/RoomId\",\"rule\":\"maxBytes\",\"limit\":48,
                  \"actual\":49,\"code\":100002,\"message\":\"..\"}],
   \"hints\":[{\"pointer\":\"..\",\"hint\":\"unknownField\",\"message\":\"..\"}]}

`code` is the error code with which the service is documented to refuse it. A list \
ends after 64 entries, and \"capped\":true says that it did. Text that is not JSON has \
\"error\":{\"line\":..,\"column\":..,\"message\":\"..\"}, and is said on standard error too.

With --ndjson each object begins with its \"line\", and lines without text are skipped. \
Text output then lists only lines with something to say, and ends with a summary.

JSON is read strictly: UTF-8 without a byte order mark, no member twice in an object, no \
unpaired surrogate, nothing behind the end. A request may have 16 MiB.

Exit codes:
  0  all requests are valid (hints do not count)
  1  some are not
  2  usage, unreadable input, or (whatever else there is) text that is not JSON";

/// Compare requests with the documented types, limits and mandatory members
///
/// Reads a request from a file or from standard input, and says everything that is
/// wrong with it, each with its place (a JSON pointer), the rule, and the limit.
/// Nothing is sent, and neither an account nor a key is needed.
#[derive(Args, Debug)]
#[command(after_long_help = AFTER_HELP)]
pub(crate) struct Arguments {
    /// Endpoint, such as live/create_room; `trtc-rooms endpoints` lists them
    #[arg(value_name = "ENDPOINT")]
    endpoint: String,

    /// File with the request; standard input without it, or for `-`
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,

    /// Read one request a line, as many as there are
    ///
    /// Results come as the lines come, and memory does not grow with their number. A
    /// line that is not JSON is reported and does not end the run.
    #[arg(long)]
    ndjson: bool,

    /// How to write the results
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
}

pub(crate) fn run(arguments: &Arguments) -> Result<Exit, Failure> {
    let endpoint = near::endpoint(&arguments.endpoint)?;
    let source = Source::open(arguments.file.as_deref())?;
    let reporter = Reporter::new(arguments.format, source.name(), arguments.ndjson);
    if arguments.ndjson {
        many(endpoint, source, reporter)
    } else {
        one(endpoint, source, reporter)
    }
}

fn one(endpoint: &JsonEndpoint, source: Source, mut reporter: Reporter) -> Result<Exit, Failure> {
    let text = source.read_all(MAX_REQUEST)?;
    match parse(&text) {
        Ok(request) => reporter.report(1, &endpoint.check(&request))?,
        Err(problem) => {
            reporter.problem(&problem)?;
            if looks_like_ndjson(&text, &problem) {
                output::note("the first line is complete: --ndjson reads one request a line");
            }
        }
    }
    reporter.finish()
}

fn many(endpoint: &JsonEndpoint, source: Source, mut reporter: Reporter) -> Result<Exit, Failure> {
    let mut lines = source.into_lines();
    while let Some(line) = lines.next(|| reporter.flush())? {
        let parsed = match line {
            Line::Text(text) if is_blank(text) => continue,
            Line::Text(text) => parse(text),
            Line::TooLong => Err(Problem::too_long(0)),
        };
        let number = lines.number();
        match parsed {
            Ok(request) => reporter.report(number, &endpoint.check(&request))?,
            Err(problem) => reporter.problem(&Problem {
                line: number,
                ..problem
            })?,
        }
    }
    if reporter.is_empty() {
        return Err(Failure::refused(format!(
            "{} holds no request: there is no line with text",
            lines.name()
        )));
    }
    reporter.finish()
}

/// Whether the trouble is that there are more documents, one a line.
fn looks_like_ndjson(text: &[u8], problem: &Problem) -> bool {
    let first = text.split(|byte| *byte == b'\n').next().unwrap_or_default();
    problem.line > 1 && problem.message.starts_with("trailing") && parse(first).is_ok()
}
