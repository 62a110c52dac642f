{{/*
The variables of a container: one secret, and two more where configenvs is on.
*/}}
{{- define "libchart.env" -}}
- name: SECRET
  valueFrom:
    secretKeyRef:
          name: {{ .Values.secretData.secretName }}
          key: {{ .Values.secretData.secretKey }}
{{- if .Values.configenvs.enabled }}
- name: RELEASE
  value: {{ .Release.Name | quote }}
- name: REPLICAS
  value: {{ .Values.replicaCount | quote }}
{{- end }}
{{- end }}
