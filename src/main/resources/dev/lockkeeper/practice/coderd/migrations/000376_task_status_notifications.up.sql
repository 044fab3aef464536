INSERT INTO notification_templates (id, name, title_template, body_template, "group")
VALUES (md5('notification task working')::uuid, 'Task Working', 'Task is working', 'The task started to work.', 'Task Events'),
  (md5('notification task idle')::uuid, 'Task Idle', 'Task is idle', 'The task waits for input.', 'Task Events');
