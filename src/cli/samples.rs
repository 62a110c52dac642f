//! The sample charts, built in: links that change one need it, and the command line fetches nothing.

use crate::workspace::{Experiment, SampleIndex};

/// All samples, as the page opens them.
pub(super) fn samples() -> Vec<Experiment> {
    let index = SampleIndex::parse(include_str!("../../static/samples/index.json")).unwrap_or_default();
    let content = |path: &str| FILES.iter().find(|(name, _)| *name == path).map(|(_, bytes)| bytes.to_vec());
    let opened = index.samples.iter().map(|sample| {
        let contents = sample.files.iter().map(|path| content(&format!("{}/{path}", sample.name)).unwrap_or_default());
        sample.experiment(contents)
    });
    opened.collect()
}

/// Every file that the index names.
#[rustfmt::skip]
const FILES: [(&str, &[u8]); 106] = [
    ("web/Chart.yaml", include_bytes!("../../static/samples/web/Chart.yaml")),
    ("web/README.md", include_bytes!("../../static/samples/web/README.md")),
    ("web/templates/_helpers.tpl", include_bytes!("../../static/samples/web/templates/_helpers.tpl")),
    ("web/templates/ingress.yaml", include_bytes!("../../static/samples/web/templates/ingress.yaml")),
    ("web/templates/service.yaml", include_bytes!("../../static/samples/web/templates/service.yaml")),
    ("web/templates/statefulset.yaml", include_bytes!("../../static/samples/web/templates/statefulset.yaml")),
    ("web/values.yaml", include_bytes!("../../static/samples/web/values.yaml")),
    ("redis-based-counter/Chart.yaml", include_bytes!("../../static/samples/redis-based-counter/Chart.yaml")),
    ("redis-based-counter/README.md", include_bytes!("../../static/samples/redis-based-counter/README.md")),
    ("redis-based-counter/templates/deployment.yaml", include_bytes!("../../static/samples/redis-based-counter/templates/deployment.yaml")),
    ("redis-based-counter/templates/redis-deployment.yaml", include_bytes!("../../static/samples/redis-based-counter/templates/redis-deployment.yaml")),
    ("redis-based-counter/templates/redis-service.yaml", include_bytes!("../../static/samples/redis-based-counter/templates/redis-service.yaml")),
    ("redis-based-counter/templates/service.yaml", include_bytes!("../../static/samples/redis-based-counter/templates/service.yaml")),
    ("redis-based-counter/values.yaml", include_bytes!("../../static/samples/redis-based-counter/values.yaml")),
    ("counter-mysql/Chart.yaml", include_bytes!("../../static/samples/counter-mysql/Chart.yaml")),
    ("counter-mysql/README.md", include_bytes!("../../static/samples/counter-mysql/README.md")),
    ("counter-mysql/templates/NOTES.txt", include_bytes!("../../static/samples/counter-mysql/templates/NOTES.txt")),
    ("counter-mysql/templates/_helpers.tpl", include_bytes!("../../static/samples/counter-mysql/templates/_helpers.tpl")),
    ("counter-mysql/templates/deployment.yaml", include_bytes!("../../static/samples/counter-mysql/templates/deployment.yaml")),
    ("counter-mysql/templates/mysql-secret.yaml", include_bytes!("../../static/samples/counter-mysql/templates/mysql-secret.yaml")),
    ("counter-mysql/templates/mysql-service.yaml", include_bytes!("../../static/samples/counter-mysql/templates/mysql-service.yaml")),
    ("counter-mysql/templates/mysql-statefulset.yaml", include_bytes!("../../static/samples/counter-mysql/templates/mysql-statefulset.yaml")),
    ("counter-mysql/templates/service.yaml", include_bytes!("../../static/samples/counter-mysql/templates/service.yaml")),
    ("counter-mysql/values.yaml", include_bytes!("../../static/samples/counter-mysql/values.yaml")),
    ("app-python-chart/Chart.yaml", include_bytes!("../../static/samples/app-python-chart/Chart.yaml")),
    ("app-python-chart/README.md", include_bytes!("../../static/samples/app-python-chart/README.md")),
    ("app-python-chart/secrets.yaml", include_bytes!("../../static/samples/app-python-chart/secrets.yaml")),
    ("app-python-chart/templates/_helpers.tpl", include_bytes!("../../static/samples/app-python-chart/templates/_helpers.tpl")),
    ("app-python-chart/templates/secret.yaml", include_bytes!("../../static/samples/app-python-chart/templates/secret.yaml")),
    ("app-python-chart/templates/service.yaml", include_bytes!("../../static/samples/app-python-chart/templates/service.yaml")),
    ("app-python-chart/templates/statefulset.yaml", include_bytes!("../../static/samples/app-python-chart/templates/statefulset.yaml")),
    ("app-python-chart/values.yaml", include_bytes!("../../static/samples/app-python-chart/values.yaml")),
    ("python-app/Chart.yaml", include_bytes!("../../static/samples/python-app/Chart.yaml")),
    ("python-app/README.md", include_bytes!("../../static/samples/python-app/README.md")),
    ("python-app/charts/libchart/Chart.yaml", include_bytes!("../../static/samples/python-app/charts/libchart/Chart.yaml")),
    ("python-app/charts/libchart/templates/_claim.tpl", include_bytes!("../../static/samples/python-app/charts/libchart/templates/_claim.tpl")),
    ("python-app/charts/libchart/templates/_env.tpl", include_bytes!("../../static/samples/python-app/charts/libchart/templates/_env.tpl")),
    ("python-app/charts/libchart/templates/_names.tpl", include_bytes!("../../static/samples/python-app/charts/libchart/templates/_names.tpl")),
    ("python-app/files/config.json", include_bytes!("../../static/samples/python-app/files/config.json")),
    ("python-app/templates/configmap.yaml", include_bytes!("../../static/samples/python-app/templates/configmap.yaml")),
    ("python-app/templates/hpa.yaml", include_bytes!("../../static/samples/python-app/templates/hpa.yaml")),
    ("python-app/templates/ingress.yaml", include_bytes!("../../static/samples/python-app/templates/ingress.yaml")),
    ("python-app/templates/post-install-hook.yaml", include_bytes!("../../static/samples/python-app/templates/post-install-hook.yaml")),
    ("python-app/templates/pre-install-hook.yaml", include_bytes!("../../static/samples/python-app/templates/pre-install-hook.yaml")),
    ("python-app/templates/service.yaml", include_bytes!("../../static/samples/python-app/templates/service.yaml")),
    ("python-app/templates/serviceaccount.yaml", include_bytes!("../../static/samples/python-app/templates/serviceaccount.yaml")),
    ("python-app/templates/statefulset.yaml", include_bytes!("../../static/samples/python-app/templates/statefulset.yaml")),
    ("python-app/templates/tests/test-connection.yaml", include_bytes!("../../static/samples/python-app/templates/tests/test-connection.yaml")),
    ("python-app/values.yaml", include_bytes!("../../static/samples/python-app/values.yaml")),
    ("rust-app/Chart.yaml", include_bytes!("../../static/samples/rust-app/Chart.yaml")),
    ("rust-app/README.md", include_bytes!("../../static/samples/rust-app/README.md")),
    ("rust-app/charts/libchart/Chart.yaml", include_bytes!("../../static/samples/rust-app/charts/libchart/Chart.yaml")),
    ("rust-app/charts/libchart/templates/_claim.tpl", include_bytes!("../../static/samples/rust-app/charts/libchart/templates/_claim.tpl")),
    ("rust-app/charts/libchart/templates/_env.tpl", include_bytes!("../../static/samples/rust-app/charts/libchart/templates/_env.tpl")),
    ("rust-app/charts/libchart/templates/_names.tpl", include_bytes!("../../static/samples/rust-app/charts/libchart/templates/_names.tpl")),
    ("rust-app/templates/hpa.yaml", include_bytes!("../../static/samples/rust-app/templates/hpa.yaml")),
    ("rust-app/templates/ingress.yaml", include_bytes!("../../static/samples/rust-app/templates/ingress.yaml")),
    ("rust-app/templates/service.yaml", include_bytes!("../../static/samples/rust-app/templates/service.yaml")),
    ("rust-app/templates/serviceaccount.yaml", include_bytes!("../../static/samples/rust-app/templates/serviceaccount.yaml")),
    ("rust-app/templates/statefulset.yaml", include_bytes!("../../static/samples/rust-app/templates/statefulset.yaml")),
    ("rust-app/templates/tests/test-connection.yaml", include_bytes!("../../static/samples/rust-app/templates/tests/test-connection.yaml")),
    ("rust-app/values.yaml", include_bytes!("../../static/samples/rust-app/values.yaml")),
    ("python-app-headless/Chart.yaml", include_bytes!("../../static/samples/python-app-headless/Chart.yaml")),
    ("python-app-headless/README.md", include_bytes!("../../static/samples/python-app-headless/README.md")),
    ("python-app-headless/templates/NOTES.txt", include_bytes!("../../static/samples/python-app-headless/templates/NOTES.txt")),
    ("python-app-headless/templates/_helpers.tpl", include_bytes!("../../static/samples/python-app-headless/templates/_helpers.tpl")),
    ("python-app-headless/templates/service-headless.yaml", include_bytes!("../../static/samples/python-app-headless/templates/service-headless.yaml")),
    ("python-app-headless/templates/service.yaml", include_bytes!("../../static/samples/python-app-headless/templates/service.yaml")),
    ("python-app-headless/templates/statefulset.yaml", include_bytes!("../../static/samples/python-app-headless/templates/statefulset.yaml")),
    ("python-app-headless/values.yaml", include_bytes!("../../static/samples/python-app-headless/values.yaml")),
    ("golang-app/Chart.yaml", include_bytes!("../../static/samples/golang-app/Chart.yaml")),
    ("golang-app/README.md", include_bytes!("../../static/samples/golang-app/README.md")),
    ("golang-app/templates/NOTES.txt", include_bytes!("../../static/samples/golang-app/templates/NOTES.txt")),
    ("golang-app/templates/_helpers.tpl", include_bytes!("../../static/samples/golang-app/templates/_helpers.tpl")),
    ("golang-app/templates/service-headless.yaml", include_bytes!("../../static/samples/golang-app/templates/service-headless.yaml")),
    ("golang-app/templates/service.yaml", include_bytes!("../../static/samples/golang-app/templates/service.yaml")),
    ("golang-app/templates/statefulset.yaml", include_bytes!("../../static/samples/golang-app/templates/statefulset.yaml")),
    ("golang-app/values.yaml", include_bytes!("../../static/samples/golang-app/values.yaml")),
    ("app-deployment/Chart.yaml", include_bytes!("../../static/samples/app-deployment/Chart.yaml")),
    ("app-deployment/README.md", include_bytes!("../../static/samples/app-deployment/README.md")),
    ("app-deployment/my_values.yaml", include_bytes!("../../static/samples/app-deployment/my_values.yaml")),
    ("app-deployment/templates/_helpers.tpl", include_bytes!("../../static/samples/app-deployment/templates/_helpers.tpl")),
    ("app-deployment/templates/service.yaml", include_bytes!("../../static/samples/app-deployment/templates/service.yaml")),
    ("app-deployment/templates/statefulset.yaml", include_bytes!("../../static/samples/app-deployment/templates/statefulset.yaml")),
    ("app-deployment/templates/volumes.yaml", include_bytes!("../../static/samples/app-deployment/templates/volumes.yaml")),
    ("app-deployment/values.yaml", include_bytes!("../../static/samples/app-deployment/values.yaml")),
    ("chart-dev/.helmignore", include_bytes!("../../static/samples/chart-dev/.helmignore")),
    ("chart-dev/Chart.yaml", include_bytes!("../../static/samples/chart-dev/Chart.yaml")),
    ("chart-dev/README.md", include_bytes!("../../static/samples/chart-dev/README.md")),
    ("chart-dev/templates/NOTES.txt", include_bytes!("../../static/samples/chart-dev/templates/NOTES.txt")),
    ("chart-dev/templates/_helpers.tpl", include_bytes!("../../static/samples/chart-dev/templates/_helpers.tpl")),
    ("chart-dev/templates/deployment.yaml", include_bytes!("../../static/samples/chart-dev/templates/deployment.yaml")),
    ("chart-dev/templates/hpa.yaml", include_bytes!("../../static/samples/chart-dev/templates/hpa.yaml")),
    ("chart-dev/templates/httproute.yaml", include_bytes!("../../static/samples/chart-dev/templates/httproute.yaml")),
    ("chart-dev/templates/ingress.yaml", include_bytes!("../../static/samples/chart-dev/templates/ingress.yaml")),
    ("chart-dev/templates/service.yaml", include_bytes!("../../static/samples/chart-dev/templates/service.yaml")),
    ("chart-dev/templates/serviceaccount.yaml", include_bytes!("../../static/samples/chart-dev/templates/serviceaccount.yaml")),
    ("chart-dev/templates/tests/test-connection.yaml", include_bytes!("../../static/samples/chart-dev/templates/tests/test-connection.yaml")),
    ("chart-dev/values.yaml", include_bytes!("../../static/samples/chart-dev/values.yaml")),
    ("two-languages/Chart.yaml", include_bytes!("../../static/samples/two-languages/Chart.yaml")),
    ("two-languages/README.md", include_bytes!("../../static/samples/two-languages/README.md")),
    ("two-languages/templates/_helpers.tpl", include_bytes!("../../static/samples/two-languages/templates/_helpers.tpl")),
    ("two-languages/templates/_macros.j2", include_bytes!("../../static/samples/two-languages/templates/_macros.j2")),
    ("two-languages/templates/helm.yaml", include_bytes!("../../static/samples/two-languages/templates/helm.yaml")),
    ("two-languages/templates/jinja.yaml.j2", include_bytes!("../../static/samples/two-languages/templates/jinja.yaml.j2")),
    ("two-languages/values.yaml", include_bytes!("../../static/samples/two-languages/values.yaml")),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_of_the_index_is_built_in() {
        let index = SampleIndex::parse(include_str!("../../static/samples/index.json")).unwrap();
        let named = index.samples.iter().flat_map(|sample| {
            let name = sample.name.clone();
            sample.files.iter().map(move |path| format!("{name}/{path}"))
        });
        assert_eq!(named.collect::<Vec<_>>(), FILES.map(|(name, _)| name.to_owned()));
        assert_eq!(samples().len(), index.samples.len());
    }
}
