{{/* Values that speak of cemanager are no longer understood. */}}
{{- define "coder.serviceName" -}}
coderd
{{- end }}
