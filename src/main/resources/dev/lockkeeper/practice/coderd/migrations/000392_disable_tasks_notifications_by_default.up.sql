UPDATE notification_templates SET enabled_by_default = false WHERE "group" = 'Task Events';
