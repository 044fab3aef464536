INSERT INTO notification_templates (id, name, title_template, body_template, "group")
VALUES (md5('notification task completed')::uuid, 'Task Completed', 'Task is complete', 'The task has ended well.', 'Task Events'),
  (md5('notification task failed')::uuid, 'Task Failed', 'Task has failed', 'The task has ended badly.', 'Task Events');
