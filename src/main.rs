//! The `blaupause` command: hands its arguments to the command line and returns its exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    ExitCode::from(blaupause::cli::run(std::env::args_os()).code())
}
