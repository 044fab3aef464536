{{/* Both probes are always there; values say how late they begin. */}}
{{- define "coder.probes" -}}
livenessProbe:
  httpGet:
    path: /healthz
    port: http
    scheme: HTTP
  initialDelaySeconds: {{ .Values.coder.livenessProbe.initialDelaySeconds }}
readinessProbe:
  httpGet:
    path: /healthz
    port: http
    scheme: HTTP
  initialDelaySeconds: {{ .Values.coder.readinessProbe.initialDelaySeconds }}
{{- end }}
