{{/*
One entry of volumeClaimTemplates: every pod of the StatefulSet gets a claim of its own made from it.
*/}}
{{- define "libchart.claimTemplate" -}}
- metadata:
    name: {{ .Values.pvc.name }}
  spec:
    accessModes: [ "ReadWriteOnce" ]
    storageClassName: {{ .Values.pvc.storageType }}
    resources:
      requests:
        storage: {{ .Values.pvc.storageSize }}
{{- end }}
