{{/* What selects the pods of this release. */}}
{{- define "coder.selector" -}}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/name: {{ .Chart.Name }}
{{- end }}

{{/* What every object of this release is labelled with. */}}
{{- define "coder.labels" -}}
{{ include "coder.selector" . }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
app.kubernetes.io/part-of: {{ .Chart.Name }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version }}
{{- end }}

{{/* A pinned tag beats the version of the chart. */}}
{{- define "coder.image" -}}
{{ .Values.coder.image.repo }}:{{ .Values.coder.image.tag | default (printf "v%s" .Chart.AppVersion) }}
{{- end }}
