//! The worker for charts with templates of the Jinja dialect: the same engine, and minijinja. The page fetches it when
//! it meets such a chart.

fn main() {
    chartroom::app::start_worker();
}
