CREATE TABLE aibridge_interceptions (
  id uuid NOT NULL PRIMARY KEY,
  initiator_id uuid NOT NULL,
  provider text NOT NULL,
  model text NOT NULL,
  started_at timestamptz NOT NULL
);
CREATE TABLE aibridge_token_usages (
  id uuid NOT NULL PRIMARY KEY,
  interception_id uuid NOT NULL,
  provider_response_id text NOT NULL,
  input_tokens bigint NOT NULL,
  output_tokens bigint NOT NULL,
  created_at timestamptz NOT NULL
);
CREATE TABLE aibridge_user_prompts (
  id uuid NOT NULL PRIMARY KEY,
  interception_id uuid NOT NULL,
  provider_response_id text NOT NULL,
  prompt text NOT NULL,
  created_at timestamptz NOT NULL
);
CREATE TABLE aibridge_tool_usages (
  id uuid NOT NULL PRIMARY KEY,
  interception_id uuid NOT NULL,
  tool text NOT NULL,
  input text NOT NULL,
  injected boolean NOT NULL DEFAULT false,
  created_at timestamptz NOT NULL
);
