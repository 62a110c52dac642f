{{/* The name of the counter; those of the database are mysql, as the pod mysql-0 and the claim data-mysql-0 want it. */}}
{{- define "counter.name" -}}
kubernetes-test-ha-application-with-mysql
{{- end }}

{{/* The secret that holds the database's password. */}}
{{- define "mysql.secret" -}}
{{ .Values.mysql.existingSecret | default "mysql" }}
{{- end }}
