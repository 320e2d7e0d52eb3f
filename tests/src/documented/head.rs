//! The head of a table, and its codes.

use super::read::Section;
use super::table::{CodeRow, Facts, NarrowRate, Retry};

type Wrong = (usize, String);

const CLASSES: [&str; 9] = [
    "request",
    "authentication",
    "permission",
    "account",
    "rateLimit",
    "notFound",
    "conflict",
    "content",
    "server",
];

/// Reads `- Name: value` lines.
pub(super) fn read(section: &Section<'_>) -> Result<Facts, Wrong> {
    let mut entries: Vec<(usize, &str, &str)> = Vec::new();
    for (line, text) in &section.lines {
        if let Some(entry) = text.strip_prefix("- ") {
            let (name, value) = entry
                .split_once(": ")
                .ok_or_else(|| (*line, "`- Name: value` is expected".to_owned()))?;
            entries.push((*line, name, value));
        }
    }
    let mut take = |name: &str| {
        let index = entries.iter().position(|(_, other, _)| *other == name);
        let (line, _, value) = entries.remove(index?);
        Some((line, value))
    };
    let mut one =
        |name: &str| take(name).ok_or((section.line, format!("`- {name}: ..` is missing")));
    let (page, updated) = page(one("Page")?)?;
    let path = one("Path")?.1.to_owned();
    let (rate, rate_shared_by) = shared_rate(one("Rate")?)?;
    let regions = list(one("Regions")?.1);
    let payload = payload(one("Payload")?)?;
    let (repeat_is_safe, done_codes) = repeat(one("Repeat")?)?;
    let mut narrow_rates = Vec::new();
    while let Some(entry) = take("Rate") {
        narrow_rates.push(narrow_rate(entry)?);
    }
    if let Some((line, name, _)) = entries.first() {
        return Err((*line, format!("there is no `{name}`, or one too many")));
    }
    Ok(Facts {
        page,
        updated,
        path,
        rate,
        rate_shared_by,
        narrow_rates,
        regions,
        payload,
        repeat_is_safe,
        done_codes,
    })
}

fn page((line, text): (usize, &str)) -> Result<(String, Option<String>), Wrong> {
    let (number, date) = text
        .split_once(", ")
        .ok_or_else(|| (line, "`number, date` is expected".to_owned()))?;
    let date = (date != "undated").then(|| date.to_owned());
    Ok((number.to_owned(), date))
}

fn rate((line, text): (usize, &str)) -> Result<(u32, u32), Wrong> {
    let parts = text
        .strip_suffix(" s")
        .and_then(|text| text.split_once(" in "));
    parts
        .and_then(|(calls, seconds)| Some((calls.parse().ok()?, seconds.parse().ok()?)))
        .ok_or_else(|| (line, "`200 in 1 s` is expected".to_owned()))
}

fn shared_rate((line, text): (usize, &str)) -> Result<((u32, u32), Option<String>), Wrong> {
    let (limit, shared_by) = match text.split_once(", shared by ") {
        Some((limit, name)) => (limit, Some(name.to_owned())),
        None => (text, None),
    };
    Ok((rate((line, limit))?, shared_by))
}

fn narrow_rate((line, text): (usize, &str)) -> Result<NarrowRate, Wrong> {
    let wrong = || {
        (
            line,
            "`1 in 1 s for one /Member, else 100012` is expected".to_owned(),
        )
    };
    let (limit, rest) = text.split_once(" for one ").ok_or_else(wrong)?;
    let (counted_over, code) = rest.split_once(", else ").ok_or_else(wrong)?;
    Ok(NarrowRate {
        rate: rate((line, limit))?,
        counted_over: counted_over.to_owned(),
        code: code.parse().map_err(|_| wrong())?,
    })
}

fn payload((line, text): (usize, &str)) -> Result<Option<String>, Wrong> {
    match text {
        "none" => Ok(None),
        "beside" | "nested" => Ok(Some(text.to_owned())),
        _ => Err((line, "`beside`, `nested` or `none` is expected".to_owned())),
    }
}

fn repeat((line, text): (usize, &str)) -> Result<(bool, Vec<i32>), Wrong> {
    let wrong = || {
        (
            line,
            "`safe`, `unsafe` or `safe, done 100010` is expected".to_owned(),
        )
    };
    let (word, codes) = text.split_once(", done ").unwrap_or((text, ""));
    let codes = list(codes)
        .iter()
        .map(|code| code.parse())
        .collect::<Result<_, _>>();
    match word {
        "safe" => Ok((true, codes.map_err(|_| wrong())?)),
        "unsafe" => Ok((false, codes.map_err(|_| wrong())?)),
        _ => Err(wrong()),
    }
}

/// Reads the table of codes.
pub(super) fn codes(section: &Section<'_>) -> Result<Vec<CodeRow>, Wrong> {
    let rows = section.rows(["Code", "Class", "Retry", "Meaning"])?;
    let mut codes: Vec<CodeRow> = Vec::new();
    for (line, [code, class, retry, meaning]) in rows {
        let code = code
            .parse()
            .map_err(|_| (line, format!("`{code}` is no code")))?;
        if codes.iter().any(|row| row.code == code) {
            return Err((line, format!("{code} stands twice")));
        }
        if !CLASSES.contains(&class) {
            return Err((line, format!("`{class}` is none of {}", CLASSES.join(", "))));
        }
        if meaning.is_empty() {
            return Err((line, "the meaning is missing".to_owned()));
        }
        codes.push(CodeRow {
            code,
            class: class.to_owned(),
            retry: retry_advice(retry).ok_or_else(|| (line, format!("`{retry}` is no advice")))?,
        });
    }
    Ok(codes)
}

fn retry_advice(text: &str) -> Option<Retry> {
    match text {
        "never" => Some(Retry::Never),
        "later" => Some(Retry::Later),
        "new ticket" => Some(Retry::NewTicket),
        _ => {
            let seconds = text.strip_prefix("after ")?.strip_suffix(" s")?;
            seconds.parse().ok().map(Retry::AfterSeconds)
        }
    }
}

fn list(text: &str) -> Vec<String> {
    let parts = text.split(", ").filter(|part| !part.is_empty());
    parts.map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_of_several_endpoints_may_count_together() {
        for (text, shared_by) in [
            ("20 in 1 s", None),
            ("20 in 1 s, shared by mixing", Some("mixing")),
        ] {
            let read = shared_rate((1, text)).unwrap();
            assert_eq!(read, ((20, 1), shared_by.map(str::to_owned)), "{text}");
        }
        for text in [
            "shared by mixing",
            "20 in 1 s shared by mixing",
            "20 in 1 s, by mixing",
        ] {
            assert!(shared_rate((1, text)).is_err(), "{text}");
        }
    }
}
