//! Lines of a POSIX shell script in which nothing of a scenario is more than text.

/// A word that stands for the text itself.
pub(super) fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

/// A comment, wrapped; what would end a line is a space.
pub(super) fn comment(text: &str) -> String {
    const WIDTH: usize = 116;
    let mut lines = String::new();
    let mut line = String::from("#");
    for word in text.split(|it: char| it.is_whitespace() || it.is_control()).filter(|word| !word.is_empty()) {
        if line.len() > 1 && line.chars().count() + word.chars().count() >= WIDTH {
            lines += &line;
            lines.push('\n');
            line = String::from("#");
        }
        line.push(' ');
        line += word;
    }
    lines + &line + "\n"
}

/// Lines for each of several cases of a variable; the same for all stand alone, and no lines make no case.
pub(super) fn by_case(variable: &str, cases: &[(String, String)]) -> String {
    let first = cases.first().map(|(_, lines)| lines.as_str()).unwrap_or_default();
    if cases.iter().all(|(_, lines)| lines == first) {
        return first.to_owned();
    }
    let case = |(name, lines): &(String, String)| {
        let indented: String = lines.lines().map(|line| format!("  {line}\n")).collect();
        format!("{})\n{indented}  ;;\n", quoted(name))
    };
    let cases: String = cases.iter().filter(|(_, lines)| !lines.is_empty()).map(case).collect();
    format!("case \"${variable}\" in\n{cases}esac\n")
}
