ALTER TYPE resource_type ADD VALUE IF NOT EXISTS 'task';
