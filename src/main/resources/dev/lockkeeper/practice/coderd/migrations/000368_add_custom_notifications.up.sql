ALTER TYPE notification_template_kind ADD VALUE IF NOT EXISTS 'custom';
INSERT INTO notification_templates (id, name, title_template, body_template, "group")
VALUES (md5('notification custom')::uuid, 'Custom Notification', '{{.Labels.custom_title}}', '{{.Labels.custom_message}}', 'Custom Events');
