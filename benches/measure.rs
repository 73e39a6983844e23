//! Runs the real program in a process of its own and watches it: wall time, processor time, peak memory.

use std::fs;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// What one run of the program took.
pub struct Cost {
    /// From start to end.
    pub wall: Duration,
    /// On all processors together.
    pub processor: Duration,
    /// The most memory it held.
    pub peak_kib: u64,
}

/// Runs the program with these arguments.
pub fn run(command: &mut Command) -> Result<Cost, String> {
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
    // The peak is what the system last told before the end; a millisecond between looks.
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

/// User and system time of a process, also of one that has ended but is not yet forgotten; in ticks of a hundredth of a second.
pub fn processor_time(process: &str) -> Duration {
    let text = fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    let after_name = text.rsplit_once(')').map_or("", |(_, rest)| rest);
    let ticks: u64 = after_name.split_whitespace().skip(11).take(2).filter_map(|field| field.parse::<u64>().ok()).sum();
    Duration::from_millis(ticks * 10)
}

fn head(text: &str) -> String {
    text.lines().take(40).collect::<Vec<_>>().join("\n")
}

fn number_after(text: &str, key: &str) -> u64 {
    text.lines().find_map(|line| line.strip_prefix(key)?.split_whitespace().next()?.parse().ok()).unwrap_or(0)
}
