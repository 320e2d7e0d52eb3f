//! Cells that span rows and columns.

use crate::block::Cell;

/// Wider rows are in no page.
const MOST_COLUMNS: usize = 40;
/// A longer text is not repeated in every row that it spans.
const MOST_REPEATED: usize = 200;

/// The cells that reach from the rows above into the next one.
#[derive(Default)]
pub(super) struct Grid {
    hanging: Vec<Option<(usize, Cell)>>,
}

impl Grid {
    /// The full row: the cells that hang into it, and its own with their spans.
    pub(super) fn row(&mut self, cells: impl Iterator<Item = (Cell, (usize, usize))>) -> Vec<Cell> {
        let mut row = Vec::new();
        let mut next: Vec<Option<(usize, Cell)>> = Vec::new();
        let mut cells = cells.fuse();
        while row.len() < MOST_COLUMNS {
            if let Some((rows, cell)) = self.hanging.get_mut(row.len()).and_then(Option::take) {
                next.push((rows > 1).then(|| (rows - 1, cell.clone())));
                row.push(cell);
            } else if let Some((cell, (columns, rows))) = cells.next() {
                let length: usize = cell.iter().map(|line| line.value.len()).sum();
                let repeated = if length > MOST_REPEATED {
                    Cell::new()
                } else {
                    cell.clone()
                };
                row.push(cell);
                next.push((rows > 1).then_some((rows - 1, repeated)));
                // The other columns of a wide cell are there, and empty.
                for _ in 1..columns.min(MOST_COLUMNS) {
                    row.push(Cell::new());
                    next.push((rows > 1).then(|| (rows - 1, Cell::new())));
                }
            } else if self.hanging.iter().skip(row.len()).any(Option::is_some) {
                // A short row, and a cell that hangs into it further right.
                row.push(Cell::new());
                next.push(None);
            } else {
                break;
            }
        }
        self.hanging = next;
        row
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::Located;

    fn row(grid: &mut Grid, cells: &[(&str, (usize, usize))]) -> Vec<String> {
        let cells = cells
            .iter()
            .map(|(text, span)| (vec![Located::new((*text).to_owned(), 1)], *span));
        grid.row(cells)
            .iter()
            .map(|cell| {
                cell.first()
                    .map_or(String::new(), |line| line.value.clone())
            })
            .collect()
    }

    #[test]
    fn a_cell_reaches_into_the_rows_below() {
        let mut grid = Grid::default();
        assert_eq!(row(&mut grid, &[("a", (1, 3)), ("b", (1, 1))]), ["a", "b"]);
        assert_eq!(row(&mut grid, &[("c", (1, 1))]), ["a", "c"]);
        assert_eq!(row(&mut grid, &[("d", (1, 1))]), ["a", "d"]);
        assert_eq!(row(&mut grid, &[("e", (1, 1))]), ["e"]);
    }

    #[test]
    fn a_wide_cell_leaves_empty_ones() {
        let mut grid = Grid::default();
        assert_eq!(
            row(&mut grid, &[("a", (3, 1)), ("b", (1, 1))]),
            ["a", "", "", "b"]
        );
    }
}
