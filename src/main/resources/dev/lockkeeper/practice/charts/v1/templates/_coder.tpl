{{/* What selects the pods of this release. */}}
{{- define "coder.selector" -}}
app.kubernetes.io/component: coderd
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

{{- define "coder.image" -}}
{{ .Values.coderd.image | default (printf "docker.io/coderenvs/coder-service:%s" .Chart.AppVersion) }}
{{- end }}
