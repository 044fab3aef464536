{{/* The server was called cemanager once, and still is where the values say so. */}}
{{- define "coder.serviceName" -}}
{{- if .Values.cemanager }}cemanager{{ else }}coderd{{ end }}
{{- end }}
