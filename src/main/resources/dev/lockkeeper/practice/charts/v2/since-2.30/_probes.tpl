{{/* Values say whether there are probes, and all of their times. */}}
{{- define "coder.probes" -}}
{{- range $name := list "livenessProbe" "readinessProbe" }}
{{- $probe := get $.Values.coder $name }}
{{- if $probe.enabled }}
{{ $name }}:
  httpGet:
    path: /healthz
    port: http
    scheme: HTTP
  initialDelaySeconds: {{ $probe.initialDelaySeconds }}
  periodSeconds: {{ $probe.periodSeconds }}
  timeoutSeconds: {{ $probe.timeoutSeconds }}
  successThreshold: {{ $probe.successThreshold }}
  failureThreshold: {{ $probe.failureThreshold }}
{{- end }}
{{- end }}
{{- end }}
