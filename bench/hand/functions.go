package hand

// Functions makes the functions that the statements share, in a schema of their
// own: how the contract writes money, ids and instants. It may run again.
const Functions = `
CREATE SCHEMA IF NOT EXISTS hand;
CREATE OR REPLACE FUNCTION hand.amount(micros bigint) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT CASE WHEN scale(trim_scale(micros * 0.000001)) < 2 THEN round(micros * 0.000001, 2) ELSE trim_scale(micros * 0.000001) END::text $$;
CREATE OR REPLACE FUNCTION hand.id(letter text, a bigint, id bigint) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT translate(rtrim(encode(convert_to('1' || letter || a || coalesce('.' || id, ''), 'UTF8'), 'base64'), '='), '+/', '-_') $$;
CREATE OR REPLACE FUNCTION hand.instant(t timestamptz) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT to_char(t AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') $$;
`

// reasons are the causes of a delivery status with their texts, as a part of WITH.
const reasons = `reason (code, status, level, message) AS (VALUES
  ('CAMPAIGN_ARCHIVED', 'ARCHIVED', 'CAMPAIGN', 'The campaign is archived.'),
  ('CAMPAIGN_DELETED_DRAFT', 'DELETED_DRAFT', 'CAMPAIGN', 'The campaign is a deleted draft.'),
  ('CAMPAIGN_DRAFT', 'DRAFT', 'CAMPAIGN', 'The campaign is a draft.'),
  ('ADVERTISER_DISABLED', 'ADVERTISER_DISABLED', 'ADVERTISER', 'The advertiser is disabled.'),
  ('CAMPAIGN_PAUSED', 'PAUSED', 'CAMPAIGN', 'The campaign is paused.'),
  ('CAMPAIGN_NOT_STARTED', 'NOT_STARTED', 'CAMPAIGN', 'The campaign has not started yet.'),
  ('CAMPAIGN_ENDED', 'COMPLETED', 'CAMPAIGN', 'The campaign has ended.'),
  ('CAMPAIGN_BUDGET_SPENT', 'COMPLETED', 'CAMPAIGN', 'The lifetime budget of the campaign is used up.'),
  ('CAMPAIGN_NO_SERVABLE_CHILD', 'NOT_DELIVERING', 'CAMPAIGN', 'The campaign has no active, approved ad to show.'),
  ('AD_GROUP_ARCHIVED', 'ARCHIVED', 'AD_GROUP', ''), ('AD_GROUP_DELETED_DRAFT', 'DELETED_DRAFT', 'AD_GROUP', ''),
  ('AD_GROUP_DRAFT', 'DRAFT', 'AD_GROUP', ''), ('AD_GROUP_PAUSED', 'PAUSED', 'AD_GROUP', ''),
  ('AD_GROUP_NOT_STARTED', 'NOT_STARTED', 'AD_GROUP', ''), ('AD_GROUP_ENDED', 'COMPLETED', 'AD_GROUP', ''),
  ('AD_GROUP_BUDGET_SPENT', 'COMPLETED', 'AD_GROUP', ''), ('AD_GROUP_NO_SERVABLE_CHILD', 'NOT_DELIVERING', 'AD_GROUP', ''))`
