"""Reports: an architecture and its analysis as HTML, Markdown and JSON; findings as SARIF and JUnit."""
