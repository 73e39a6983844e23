//! The services that the benchmark generates are real ones: of our size, and free of findings.

#[path = "../benches/generate.rs"]
mod generate;

use blaupause::compiler::{Request, compile};
use blaupause::diagnostic::Language;
use blaupause::diagnostic::render::{Style, lines};
use blaupause::source::MemoryLoader;

#[test]
fn generated_services_have_no_findings() {
    let files: Vec<(String, String)> = (1..=13).map(|number| (generate::path(number), generate::service(number))).collect();
    let mut loader = MemoryLoader::new(files.iter().map(|(path, text)| (path.as_str(), text.as_str())));
    loader.insert("blaupause.yaml", b"stichtag: 2026-06-01\n".to_vec());
    let compilation = compile(&loader, &Request::default());
    let style = Style { language: Language::De, colour: false, width: 100, prefix: String::new() };
    let found = lines(&compilation.diagnostics, &compilation.sources, &style);
    assert!(found.is_empty(), "{found}");
    assert!(compilation.lands.iter().all(|world| world.services.len() == 13));
    for (path, text) in files {
        let lines = text.lines().count();
        assert!((270..=340).contains(&lines), "{path} has {lines} lines");
    }
}
