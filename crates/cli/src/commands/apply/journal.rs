//! The journal: what became of each call, so that another run goes on where one ended.
//!
//! It is a file of JSON lines that only grows. The first names the app and the address;
//! each other one says of a call that it is about to be sent, or what became of it. A
//! record is handed to the operating system before the call goes out, and so survives the
//! end of this process at any moment. After a power cut the last records may be missing.

use std::collections::HashMap;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::entry::{CallKey, Entry};
use crate::exit::Failure;
use crate::output::{note, reason};
use crate::text::shown_path;

/// No record is nearly so long. More is another file.
const MAX_RECORD: u64 = 64 * 1024;

/// The journal of a file of calls.
pub(super) struct Journal {
    /// Nothing is written in a dry run.
    file: Option<File>,
    name: String,
    calls: HashMap<CallKey, State>,
}

/// What is known of a call that may have been carried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    Done,
    /// It was sent, and no answer said what became of it.
    Unknown,
}

/// What a record says of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Mark {
    /// It is about to be sent.
    Begun,
    Done,
    /// The service answered that it was not carried out.
    Refused,
    /// It was not sent.
    Failed,
    Unknown,
}

/// The first line.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Header {
    journal: String,
    version: u32,
    sdkappid: u32,
    base_url: String,
}

/// Any other line.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Record {
    call: Mark,
    /// The digest of the call, in hexadecimal.
    digest: String,
    nth: u32,
    /// Where it stood then, for people.
    line: u64,
    endpoint: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    code: Option<i32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    request_id: Option<String>,
}

impl Header {
    pub(super) fn new(sdkappid: u32, base_url: &str) -> Self {
        Self {
            journal: "trtc-rooms apply".to_owned(),
            version: 1,
            sdkappid,
            base_url: base_url.to_owned(),
        }
    }
}

impl Journal {
    /// Opens the journal, or begins one, and keeps other runs from it.
    pub(super) fn open(path: &Path, header: &Header) -> Result<Self, Failure> {
        let name = shown_path(path);
        let mut file = OpenOptions::new()
            .read(true)
            .append(true)
            .create(true)
            .open(path)
            .map_err(|error| cannot("open", &name, &error))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(Failure::refused(format!(
                    "another run is using the journal {name}: wait until it has ended"
                )));
            }
            Err(TryLockError::Error(error)) => return Err(cannot("lock", &name, &error)),
        }
        let (calls, length) = read(&file, &name, header)?;
        if length < size(&file, &name)? {
            note(&format!(
                "the last record of the journal {name} was cut off; the call that it was \
                 about counts as if there were none"
            ));
            file.set_len(length)
                .map_err(|error| cannot("write to", &name, &error))?;
        }
        if length == 0 {
            write(&mut file, &name, header)?;
        }
        Ok(Self {
            file: Some(file),
            name,
            calls,
        })
    }

    /// Reads the journal, if there is one, and leaves it alone.
    pub(super) fn look(path: &Path, header: &Header) -> Result<Self, Failure> {
        let name = shown_path(path);
        let calls = match File::open(path) {
            Ok(file) => read(&file, &name, header)?.0,
            Err(error) if error.kind() == io::ErrorKind::NotFound => HashMap::new(),
            Err(error) => return Err(cannot("open", &name, &error)),
        };
        Ok(Self {
            file: None,
            name,
            calls,
        })
    }

    /// How a message calls it.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// What earlier runs know of a call. `None` if it was certainly not carried out.
    pub(super) fn state(&self, call: CallKey) -> Option<State> {
        self.calls.get(&call).copied()
    }

    /// Notes something about a call.
    pub(super) fn note(
        &mut self,
        entry: &Entry,
        mark: Mark,
        code: Option<i32>,
        request_id: Option<&str>,
    ) -> Result<(), Failure> {
        let record = Record {
            call: mark,
            digest: format!("{:032x}", entry.key.digest),
            nth: entry.key.nth,
            line: entry.line,
            endpoint: entry.endpoint_name().to_owned(),
            code,
            request_id: request_id.map(str::to_owned),
        };
        match &mut self.file {
            Some(file) => write(file, &self.name, &record),
            None => Ok(()),
        }
    }
}

/// What the records say, and the length up to the end of the last whole one.
fn read(
    mut file: &File,
    name: &str,
    header: &Header,
) -> Result<(HashMap<CallKey, State>, u64), Failure> {
    file.seek(SeekFrom::Start(0))
        .map_err(|error| cannot("read", name, &error))?;
    let mut reader = BufReader::new(file);
    let mut calls = HashMap::new();
    let mut length = 0;
    let mut text = Vec::new();
    for number in 1_u64.. {
        text.clear();
        let read = (&mut reader)
            .take(MAX_RECORD)
            .read_until(b'\n', &mut text)
            .map_err(|error| cannot("read", name, &error))?;
        let is_whole = text.last() == Some(&b'\n');
        if !is_whole && read as u64 == MAX_RECORD {
            return Err(no_record(name, number, "it is too long"));
        }
        if number == 1 {
            if !is_whole && !is_start_of(&text, header) {
                return Err(no_journal(name, "its first line is another one"));
            }
            if is_whole {
                check_header(&text, name, header)?;
            }
        } else if is_whole {
            let record: Record = serde_json::from_slice(&text)
                .map_err(|error| no_record(name, number, &error.to_string()))?;
            let digest = u128::from_str_radix(&record.digest, 16)
                .map_err(|_| no_record(name, number, "`digest` is not hexadecimal"))?;
            let key = CallKey {
                digest,
                nth: record.nth,
            };
            match record.call {
                Mark::Begun | Mark::Unknown => calls.insert(key, State::Unknown),
                Mark::Done => calls.insert(key, State::Done),
                Mark::Refused | Mark::Failed => calls.remove(&key),
            };
        }
        if !is_whole {
            break;
        }
        length += read as u64;
    }
    Ok((calls, length))
}

fn check_header(text: &[u8], name: &str, expected: &Header) -> Result<(), Failure> {
    let found: Header = serde_json::from_slice(text)
        .map_err(|_| no_journal(name, "its first line is another one"))?;
    if found.journal != expected.journal || found.version != expected.version {
        return Err(no_journal(name, "it is of another command or version"));
    }
    if found.sdkappid != expected.sdkappid {
        return Err(Failure::refused(format!(
            "the journal {name} is of the app {}, and this run is for {}: give another one \
             with --journal",
            found.sdkappid, expected.sdkappid
        )));
    }
    if found.base_url != expected.base_url {
        return Err(Failure::refused(format!(
            "the journal {name} is of calls to another address than this run's: give another \
             one with --journal"
        )));
    }
    Ok(())
}

/// Whether a text is what a run leaves that ends while it writes the first line.
fn is_start_of(text: &[u8], header: &Header) -> bool {
    serde_json::to_vec(header).is_ok_and(|whole| whole.starts_with(text))
}

/// Writes one line, at once.
fn write(file: &mut File, name: &str, record: &impl Serialize) -> Result<(), Failure> {
    let written = serde_json::to_vec(record)
        .map_err(io::Error::from)
        .and_then(|mut line| {
            line.push(b'\n');
            file.write_all(&line)
        });
    written.map_err(|error| cannot("write to", name, &error))
}

fn size(file: &File, name: &str) -> Result<u64, Failure> {
    let metadata = file.metadata();
    metadata
        .map(|metadata| metadata.len())
        .map_err(|error| cannot("read", name, &error))
}

fn cannot(what: &str, name: &str, error: &io::Error) -> Failure {
    Failure::refused(format!(
        "cannot {what} the journal {name}: {}",
        reason(error)
    ))
}

fn no_record(name: &str, line: u64, why: &str) -> Failure {
    Failure::refused(format!(
        "the journal {name} is damaged in line {line}: {why}. Without it, it is not known \
         which calls were made; mend the line, or remove it if you know what became of its call"
    ))
}

fn no_journal(name: &str, why: &str) -> Failure {
    Failure::refused(format!(
        "{name} is no journal of this command: {why}. It was not touched; give another one \
         with --journal"
    ))
}
