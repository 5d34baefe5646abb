//! What a search repeats allocates nothing: the rules of a legal scenario, its design, its evaluation.

use allocation_counter::measure;
use fsx_model::catalog::Assumptions;
use fsx_model::design::Design;
use fsx_model::model::burst::course;
use fsx_model::model::{Credits, evaluate};
use fsx_model::rules;

use crate::case::Case;

#[test]
fn the_repeated_path_allocates_nothing() {
    let scenario = Case { instance: Some("c6in.16xlarge"), passes: 3, data_in: "auto", ..Case::plain() }.scenario();
    let assumptions = Assumptions::mid();
    let mut findings = 0;
    let counted = measure(|| {
        findings = rules::check(&scenario).len();
        let design = Design::new(&scenario, &assumptions, 0).unwrap();
        let full = evaluate(&design, &assumptions, Credits::FULL);
        let spent = evaluate(&design, &assumptions, Credits::SPENT);
        std::hint::black_box(course(&design, &assumptions, &full, &spent));
    });
    assert_eq!(findings, 0);
    assert_eq!(counted.count_total, 0, "{} bytes", counted.bytes_total);
}
