DELETE FROM custom_roles WHERE name = 'organization-member';
INSERT INTO custom_roles (name, display_name, organization_id, is_system)
SELECT 'organization-member', '', id, true FROM organizations;
