//! What a whole catalogue costs: generated services, the real program in a process of its own, wall time, processor time, peak memory.
//!
//! `cargo bench` measures 1, 100 and 575 services; `cargo bench -- 5` only five; `cargo bench -- --quick` 1 and 100, and fails when
//! checking a service costs far more than it should beside writing the text of one, timed in the same run.

#[path = "generate.rs"]
mod generate;

use std::fs;
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

/// What one run of the program took.
struct Cost {
    wall: Duration,
    processor: Duration,
    peak_kib: u64,
}

/// How many times the work of generating its text checking a service may take: more than twice what it takes today.
const CHECK_TO_GENERATE: u128 = 600;

fn main() -> ExitCode {
    let quick = std::env::args().any(|argument| argument == "--quick");
    let mut sizes: Vec<usize> = std::env::args().skip(1).filter_map(|argument| argument.parse().ok()).collect();
    if sizes.is_empty() {
        sizes = if quick { vec![1, 100] } else { vec![1, 100, 575] };
    }
    println!(
        "{:>5}  {:<44} {:>8} {:>8} {:>9} {:>9} {:>8} {:>8}",
        "N", "what", "wall s", "cpu s", "peak MiB", "ms/N", "files", "MB"
    );
    for count in sizes {
        let measured = measure(count).and_then(|check| if quick && count >= 100 { compare(check, count) } else { Ok(()) });
        if let Err(reason) = measured {
            eprintln!("{reason}");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}

/// Measures each job for so many services; gives the processor time of the check.
fn measure(count: usize) -> Result<Duration, String> {
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let project = folder.path().join("katalog");
    write_project(&project, count).map_err(|error| error.to_string())?;
    let jobs: [(&str, &[&str], &str); 5] = [
        ("check, sixteen Länder", &["check"], ""),
        ("OpenAPI + JSON Schema, one Land", &["build", "--land", "th", "--ziel", "api,schema"], "einfach"),
        ("OpenAPI + JSON Schema, sixteen Länder", &["build", "--ziel", "api,schema"], "schnittstellen"),
        ("all targets, sixteen Länder", &["build"], "alles"),
        ("the same again, nothing changed", &["build"], "alles"),
    ];
    let mut check = Duration::ZERO;
    for (what, arguments, out) in jobs {
        let out = folder.path().join(out);
        let mut command = Command::new(env!("CARGO_BIN_EXE_blaupause"));
        command.args(arguments).arg(&project).args(["--sprache", "de"]);
        let builds = arguments.first() == Some(&"build");
        if builds {
            command.arg("-o").arg(&out);
        }
        let cost = run(&mut command)?;
        if !builds {
            check = cost.processor;
        }
        let (files, bytes) = if builds { size_of(&out) } else { (0, 0) };
        println!(
            "{count:>5}  {what:<44} {:>8} {:>8} {:>9} {:>9} {files:>8} {:>8}",
            decimal(cost.wall.as_millis(), 3),
            decimal(cost.processor.as_millis(), 3),
            decimal(u128::from(cost.peak_kib) * 10 / 1024, 1),
            decimal(cost.wall.as_micros() / 10 / count.max(1) as u128, 2),
            decimal(u128::from(bytes) / 100_000, 1),
        );
    }
    Ok(check)
}

/// Sets the check against generating the same texts: both slow down alike on a slow or busy machine.
fn compare(check: Duration, count: usize) -> Result<(), String> {
    let before = processor_time("self");
    let mut rounds: u128 = 0;
    let generating = loop {
        for number in 1..=count {
            std::hint::black_box(generate::service(number));
        }
        rounds += 1;
        let spent = processor_time("self").saturating_sub(before);
        if spent >= Duration::from_millis(500) {
            break spent;
        }
    };
    let ratio = check.as_micros() * rounds / generating.as_micros().max(1);
    println!("{count:>5}  checking takes {ratio} times the work of generating the text; at most {CHECK_TO_GENERATE}");
    if ratio <= CHECK_TO_GENERATE { Ok(()) } else { Err("The check has become much slower.".to_owned()) }
}

/// A whole number of units of the last place, with its point.
fn decimal(units: u128, places: usize) -> String {
    let digits = format!("{units:0>width$}", width = places + 1);
    let (whole, part) = digits.split_at(digits.len() - places);
    format!("{whole}.{part}")
}

fn write_project(project: &Path, count: usize) -> std::io::Result<()> {
    fs::create_dir_all(project)?;
    fs::write(project.join("blaupause.yaml"), "stichtag: 2026-06-01\n")?;
    for number in 1..=count {
        let path = project.join(generate::path(number));
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(path, generate::service(number))?;
    }
    Ok(())
}

/// Runs the program and watches it. The peak is what the system last told before the end; a millisecond between looks.
fn run(command: &mut Command) -> Result<Cost, String> {
    let start = Instant::now();
    let mut child =
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().map_err(|error| error.to_string())?;
    let words = child.stderr.take();
    let reader = std::thread::spawn(move || {
        let mut text = String::new();
        if let Some(mut words) = words {
            let _ = std::io::Read::read_to_string(&mut words, &mut text);
        }
        text
    });
    let (mut peak_kib, mut processor) = (0, Duration::ZERO);
    let wall = loop {
        let status = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
        peak_kib = peak_kib.max(number_after(&status, "VmHWM:"));
        if status.is_empty() || status.lines().any(|line| line.starts_with("State:") && line.contains('Z')) {
            processor = processor.max(processor_time(&child.id().to_string()));
            break start.elapsed();
        }
        std::thread::sleep(Duration::from_millis(1));
    };
    let ended = child.wait().map_err(|error| error.to_string())?;
    let text = reader.join().unwrap_or_default();
    if ended.success() { Ok(Cost { wall, processor, peak_kib }) } else { Err(format!("{command:?} failed:\n{}", head(&text))) }
}

fn head(text: &str) -> String {
    text.lines().take(40).collect::<Vec<_>>().join("\n")
}

fn number_after(text: &str, key: &str) -> u64 {
    text.lines().find_map(|line| line.strip_prefix(key)?.split_whitespace().next()?.parse().ok()).unwrap_or(0)
}

/// User and system time of a process, also of one that has ended but is not yet forgotten; in ticks of a hundredth of a second.
fn processor_time(process: &str) -> Duration {
    let text = fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    let after_name = text.rsplit_once(')').map_or("", |(_, rest)| rest);
    let ticks: u64 = after_name.split_whitespace().skip(11).take(2).filter_map(|field| field.parse::<u64>().ok()).sum();
    Duration::from_millis(ticks * 10)
}

fn size_of(folder: &Path) -> (usize, u64) {
    let (mut files, mut bytes) = (0, 0);
    for entry in walkdir::WalkDir::new(folder).into_iter().flatten().filter(|entry| entry.file_type().is_file()) {
        files += 1;
        bytes += entry.metadata().map_or(0, |known| known.len());
    }
    (files, bytes)
}
