{{/* Both probes are always there, and no value changes them. */}}
{{- define "coder.probes" -}}
livenessProbe:
  httpGet:
    path: /healthz
    port: http
    scheme: HTTP
readinessProbe:
  httpGet:
    path: /healthz
    port: http
    scheme: HTTP
{{- end }}
