{{/* The StatefulSet, its Service and the beginning of each pod's name. */}}
{{- define "app.name" -}}app{{- end }}

{{- define "app.labels" -}}
app: {{ include "app.name" . }}
{{- end }}

{{/* The claim of one pod, as the StatefulSet controller names it. Takes a list: the top-level dot, the pod's number. */}}
{{- define "app.claim" -}}
{{- $top := index . 0 -}}
{{ $top.Values.claim.name }}-{{ include "app.name" $top }}-{{ index . 1 }}
{{- end }}
