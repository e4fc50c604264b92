-- +goose Up
-- Whether an account has to do with a person is asked of its history too; see adsgraph_knows in fence.go.
CREATE INDEX change_by_actor_idx ON change (advertiser_id, actor_id);
