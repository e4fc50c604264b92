package hand

// nested takes: advertiser, user. Pages are of 50 campaigns, 4 ad groups, 3 ads.
const nested = `-- name: HandNested
SELECT json_build_object('data', json_build_object('advertiser', json_build_object('id', hand.id('A', a.id, NULL), 'name', a.name,
  'campaigns', json_build_object('edges', (
    SELECT json_agg(json_build_object('node', json_build_object('id', hand.id('C', $1, c.id), 'name', c.name, 'objective', c.objective,
      'status', c.status, 'version', c.version, 'adGroups', json_build_object('edges', coalesce((
        SELECT json_agg(json_build_object('node', json_build_object('id', hand.id('G', $1, g.id), 'name', g.name, 'status', g.status,
          'placement', g.placement, 'version', g.version, 'ads', json_build_object('edges', coalesce((
            SELECT json_agg(json_build_object('node', json_build_object('id', hand.id('D', $1, d.id), 'name', d.name, 'status', d.status,
              'creativeType', d.creative_type, 'version', d.version)) ORDER BY d.id DESC)
            FROM (SELECT * FROM ad AS d WHERE d.advertiser_id = $1 AND d.ad_group_id = g.id ORDER BY d.id DESC LIMIT 3) AS d), '[]'::json)))) ORDER BY g.id DESC)
        FROM (SELECT * FROM ad_group AS g WHERE g.advertiser_id = $1 AND g.campaign_id = c.id ORDER BY g.id DESC LIMIT 4) AS g), '[]'::json)))) ORDER BY c.id DESC)
    FROM (SELECT * FROM campaign AS c WHERE c.advertiser_id = $1 ORDER BY c.id DESC LIMIT 50) AS c)))))
FROM advertiser AS a
WHERE a.id = $1 AND EXISTS (SELECT 1 FROM member AS b WHERE b.advertiser_id = a.id AND b.user_id = $2)`
