//! The report for people.

use std::fmt;

use crate::report::{Entry, Kind, Report};

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} ({})", self.page, self.form)?;
        if let Some(path) = &self.path {
            match &self.schema {
                Some(schema) => writeln!(f, "  {path} -> schemas/{schema}")?,
                None => writeln!(f, "  {path}")?,
            }
        }
        writeln!(f, "  read: {}", self.read)?;
        for note in &self.notes {
            writeln!(f, "  note: {note}")?;
        }
        for entry in &self.entries {
            write!(f, "\n{entry}")?;
        }
        if !self.unread.is_empty() {
            writeln!(f, "\n  could not be read:")?;
            for unread in &self.unread {
                writeln!(f, "    {unread}")?;
            }
        }
        writeln!(f, "\n  {}", self.summary())
    }
}

impl Report {
    fn summary(&self) -> String {
        if self.path.is_none() {
            return "not compared: nothing tells which endpoint this is about".to_owned();
        }
        let differences = self
            .entries
            .iter()
            .filter(|entry| entry.kind != Kind::Date)
            .count();
        let mechanical = self
            .entries
            .iter()
            .filter(|entry| entry.is_mechanical())
            .count();
        let differences = match (differences, self.entries.len()) {
            (0, 0) => "no difference".to_owned(),
            (0, _) => "no difference but the date".to_owned(),
            (1, _) => "1 difference".to_owned(),
            (count, _) => format!("{count} differences"),
        };
        let accept = match mechanical {
            0 => String::new(),
            count => format!("; `cargo xtask docs accept` applies {count}"),
        };
        let unread = match self.unread.len() {
            0 => String::new(),
            1 => "; 1 thing could not be read, so that this may not be all".to_owned(),
            count => format!("; {count} things could not be read, so that this may not be all"),
        };
        format!("{differences}{accept}{unread}")
    }
}

impl fmt::Display for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "  {}", self.kind.title())?;
        if !self.subject.is_empty() {
            write!(f, ": {}", self.subject)?;
        }
        if self.is_mechanical() {
            f.write_str("  [accept]")?;
        }
        writeln!(f)?;
        match self.line {
            0 => writeln!(f, "    page             {}", self.page)?,
            line => writeln!(f, "    page {:<11} {}", format!("line {line}"), self.page)?,
        }
        writeln!(f, "    schema           {}", self.schema)?;
        if let Some(note) = &self.note {
            writeln!(f, "    note             {note}")?;
        }
        if self.place.file.is_empty() {
            return Ok(());
        }
        writeln!(f, "    at               {}", self.place)
    }
}
