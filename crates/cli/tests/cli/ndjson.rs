use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::support::{ROOM, command, run_with};

const ARGUMENTS: &[&str] = &["validate", "live/create_room", "--ndjson"];
const JSON: &[&str] = &[
    "validate",
    "live/create_room",
    "--ndjson",
    "--format",
    "json",
];

fn records(stdout: &str) -> Vec<Value> {
    let lines = stdout.lines();
    lines
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// A valid request, an empty line, text that is no JSON, one that is not valid.
fn mixed() -> String {
    let invalid = ROOM.replace("live-1", &"a".repeat(49));
    format!("{ROOM}\n\n{{\"RoomInfo\":,}}\r\n{invalid}")
}

#[test]
fn a_malformed_line_does_not_end_the_run() {
    let text = run_with(ARGUMENTS, mixed()).exits(2);
    insta::assert_snapshot!("ndjson_text", text.shown());
    let json = run_with(JSON, mixed()).exits(2);
    insta::assert_snapshot!("ndjson_json", json.shown());
}

#[test]
fn exit_codes() {
    let invalid = "{}";
    for (input, code) in [
        (format!("{ROOM}\n{ROOM}\n"), 0),
        (format!("{ROOM}\n{invalid}\n{ROOM}"), 1),
        (format!("{ROOM}\n{{\n"), 2),
        (format!("{invalid}\n{{\n"), 2),
        (format!("{{\n{invalid}\n"), 2),
    ] {
        run_with(ARGUMENTS, &input).exits(code);
        run_with(JSON, &input).exits(code);
    }
}

#[test]
fn a_run_without_any_request_is_no_success() {
    for input in ["", "\n", " \n\t\r\n\n"] {
        let run = run_with(JSON, input).exits(2);
        assert!(run.stdout.is_empty());
        assert!(run.stderr.contains("holds no request"), "{}", run.stderr);
    }
}

#[test]
fn each_kind_of_trouble_names_its_line() {
    let mut input = Vec::new();
    for line in [
        &b"\xef\xbb\xbf{}"[..],
        b"\xff\xfe{\0}\0",
        b"{\"a\":\"caf\xe9\"}",
        b"{} {}",
        b"{\"a\":1,\"a\":2}",
        b"{\"a\":\"\\ud800\"}",
    ] {
        input.extend_from_slice(line);
        input.push(b'\n');
    }
    let run = run_with(JSON, &input).exits(2);
    let records = records(&run.stdout);
    assert_eq!(records.len(), 6);
    for (index, record) in records.iter().enumerate() {
        assert_eq!(record["line"], json!(index + 1));
        assert_eq!(record["error"]["line"], json!(index + 1));
        assert!(record["error"]["column"].as_u64() >= Some(1));
    }
    assert_eq!(run.stderr.lines().count(), 6);
    assert!(
        run.stderr
            .contains("standard input, line 3, column 10: it is not UTF-8")
    );
}

#[test]
fn a_line_has_16_mib_at_most() {
    let mut input = vec![b'{'; (16 << 20) + 1];
    input.push(b'\n');
    input.extend_from_slice(ROOM.as_bytes());
    let run = run_with(JSON, &input).exits(2);
    let records = records(&run.stdout);
    assert_eq!(
        records[0]["error"]["message"],
        "the line is longer than 16 MiB"
    );
    assert_eq!(
        records[1],
        json!({ "line": 2, "valid": true, "violations": [], "hints": [] })
    );
}

struct Running {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

fn start() -> Running {
    let mut child = command(JSON)
        .stdin(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    Running {
        input: child.stdin.take().unwrap(),
        output: BufReader::new(child.stdout.take().unwrap()),
        child,
    }
}

fn next(output: &mut impl BufRead) -> Value {
    let mut line = String::new();
    output.read_line(&mut line).unwrap();
    serde_json::from_str(&line).unwrap()
}

#[test]
fn results_come_as_the_lines_come() {
    let Running {
        mut child,
        mut input,
        mut output,
    } = start();
    for line in 1..=3 {
        writeln!(input, "{ROOM}").unwrap();
        // There is no end of the input in sight.
        assert_eq!(next(&mut output)["line"], line);
    }
    // Half a line is no line.
    input.write_all(&ROOM.as_bytes()[..10]).unwrap();
    input.write_all(&ROOM.as_bytes()[10..]).unwrap();
    drop(input);
    assert_eq!(next(&mut output)["line"], 4);
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn a_hundred_thousand_requests_in_constant_memory() {
    const LINES: u64 = 100_000;
    let started = Instant::now();
    let Running {
        mut child,
        mut input,
        mut output,
    } = start();
    let (ask_for_the_rest, rest) = mpsc::channel::<()>();
    let (ask_for_the_end, end) = mpsc::channel::<()>();
    let writer = thread::spawn(move || {
        let invalid = ROOM.replace("live-1", &"房".repeat(17));
        let mut write = |lines: std::ops::RangeInclusive<u64>| {
            for line in lines {
                let text = match line {
                    _ if line % 1_000 == 0 => "{\"RoomInfo\":",
                    _ if line % 10 == 0 => invalid.as_str(),
                    _ => ROOM,
                };
                writeln!(input, "{text}").unwrap();
            }
        };
        write(1..=1_000);
        rest.recv().unwrap();
        write(1_001..=LINES);
        // The process has to be there while its memory is looked at.
        end.recv().unwrap();
    });

    let mut counts = [0; 3];
    let mut read = |lines: std::ops::RangeInclusive<u64>| {
        for line in lines {
            let record = next(&mut output);
            assert_eq!(record["line"], line);
            let kind = match (&record["valid"], record.get("error")) {
                (Value::Bool(true), None) => 0,
                (_, None) => 1,
                (_, Some(_)) => 2,
            };
            counts[kind] += 1;
        }
    };
    read(1..=1_000);
    let early = peak_memory(&child);
    ask_for_the_rest.send(()).unwrap();
    read(1_001..=LINES);
    let late = peak_memory(&child);
    ask_for_the_end.send(()).unwrap();
    writer.join().unwrap();

    let elapsed = started.elapsed();
    assert_eq!(child.wait().unwrap().code(), Some(2));
    assert_eq!(counts, [90_000, 9_900, 100]);
    let mut stderr = String::new();
    child
        .stderr
        .take()
        .unwrap()
        .read_to_string(&mut stderr)
        .unwrap();
    assert_eq!(stderr.lines().count(), 100);
    println!("{LINES} requests: {elapsed:?}, peak {early:?} kB after 1000, {late:?} kB at the end");
    // A debug build on a busy machine; what grows with the square would be far from this.
    assert!(elapsed < Duration::from_secs(300), "{elapsed:?}");
    if let (Some(early), Some(late)) = (early, late) {
        assert!(late < 32_000, "{late} kB");
        assert!(late - early < 2_000, "{early} kB, then {late} kB");
    }
}

/// The most memory that a process has had so far, where the system tells.
fn peak_memory(child: &Child) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix(" kB")?.parse().ok()
}

#[test]
fn q3_a_broken_pipe_is_silent() {
    let Running {
        child,
        mut input,
        mut output,
    } = start();
    let writer = thread::spawn(move || {
        for _ in 0..200_000 {
            if writeln!(input, "{ROOM}").is_err() {
                return true;
            }
        }
        false
    });
    next(&mut output);
    drop(output);
    let output = child.wait_with_output().unwrap();
    assert!(writer.join().unwrap(), "it read everything to no end");
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
    assert_eq!(output.status.code(), Some(141));
}
