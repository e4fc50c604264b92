/**
 * @generated SignedSource<<f5331c8e276e858cb09cf5012740dd33>>
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import { ReaderFragment } from 'relay-runtime';
export type MetricName = "ADD_TO_CARTS" | "AVERAGE_ORDER_VALUE" | "CHECKOUTS" | "CHECKOUT_CONVERSION_RATE" | "CHECKOUT_VALUE" | "CONVERSIONS" | "COST_PER_CHECKOUT" | "COST_PER_LEAD" | "COST_PER_OUTBOUND_CLICK" | "CPC" | "CPE" | "CPM" | "CPV" | "CTR" | "EARNED_IMPRESSIONS" | "EARNED_PIN_CLICKS" | "ENGAGEMENTS" | "ENGAGEMENT_RATE" | "FREQUENCY" | "IMPRESSIONS" | "LEADS" | "OUTBOUND_CLICKS" | "OUTBOUND_CTR" | "PAGE_VISITS" | "PAID_CTR" | "PAID_IMPRESSIONS" | "PAID_PIN_CLICKS" | "PIN_CLICKS" | "REACH" | "ROAS" | "SAVES" | "SAVE_RATE" | "SIGNUPS" | "SPEND" | "VIDEO_COMPLETIONS" | "VIDEO_COMPLETION_RATE" | "VIDEO_PLAYS_25" | "VIDEO_PLAYS_50" | "VIDEO_PLAYS_75" | "VIDEO_PLAYS_95" | "VIDEO_STARTS" | "VIDEO_VIEWS_2S" | "VIDEO_VIEWS_3S" | "%future added value";
export type NotificationState = "DISMISSED" | "READ" | "UNREAD" | "%future added value";
export type RecommendationState = "APPLIED" | "DISMISSED" | "OPEN" | "%future added value";
export type RecommendationType = "ADD_KEYWORDS" | "FIX_REJECTED_AD" | "RAISE_BUDGET" | "SWITCH_TO_CBO" | "WIDEN_TARGETING" | "%future added value";
import { FragmentRefs, Result } from "relay-runtime";
export type Notifications_all$data = {
  readonly all: Result<{
    readonly edges: ReadonlyArray<{
      readonly node: {
        readonly id: string;
        readonly state: NotificationState;
        readonly " $fragmentSpreads": FragmentRefs<"Alert_notification">;
      };
    }>;
    readonly pageInfo: {
      readonly endCursor: string | null | undefined;
      readonly hasNextPage: boolean;
    };
    readonly totalCount: number | null | undefined;
  } | null | undefined, unknown>;
  readonly currency: string;
  readonly recommendations: Result<{
    readonly edges: ReadonlyArray<{
      readonly node: {
        readonly entity: {
          readonly __typename: string;
          readonly adName?: string | null | undefined;
          readonly id: string;
          readonly name?: string;
        } | null | undefined;
        readonly id: string;
        readonly impact: ReadonlyArray<{
          readonly current: {
            readonly count: number | null | undefined;
            readonly money: {
              readonly amount: string;
            } | null | undefined;
          };
          readonly estimated: {
            readonly count: number | null | undefined;
            readonly money: {
              readonly amount: string;
            } | null | undefined;
          };
          readonly metric: MetricName;
        }>;
        readonly params: unknown;
        readonly state: RecommendationState;
        readonly type: RecommendationType;
      };
    }>;
    readonly totalCount: number | null | undefined;
  } | null | undefined, unknown>;
  readonly timeZone: string;
  readonly viewerCanEditCampaigns: boolean;
  readonly " $fragmentType": "Notifications_all";
};
export type Notifications_all$key = {
  readonly " $data"?: Notifications_all$data;
  readonly " $fragmentSpreads": FragmentRefs<"Notifications_all">;
};

const node: ReaderFragment = (function(){
var v0 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "totalCount",
  "storageKey": null
},
v1 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "id",
  "storageKey": null
},
v2 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "state",
  "storageKey": null
},
v3 = [
  {
    "alias": null,
    "args": null,
    "kind": "ScalarField",
    "name": "name",
    "storageKey": null
  }
],
v4 = [
  {
    "alias": null,
    "args": null,
    "concreteType": "Money",
    "kind": "LinkedField",
    "name": "money",
    "plural": false,
    "selections": [
      {
        "alias": null,
        "args": null,
        "kind": "ScalarField",
        "name": "amount",
        "storageKey": null
      }
    ],
    "storageKey": null
  },
  {
    "alias": null,
    "args": null,
    "kind": "ScalarField",
    "name": "count",
    "storageKey": null
  }
];
return {
  "argumentDefinitions": [
    {
      "kind": "RootArgument",
      "name": "after"
    },
    {
      "kind": "RootArgument",
      "name": "filter"
    }
  ],
  "kind": "Fragment",
  "metadata": null,
  "name": "Notifications_all",
  "selections": [
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "currency",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "timeZone",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "viewerCanEditCampaigns",
      "storageKey": null
    },
    {
      "kind": "CatchField",
      "field": {
        "alias": "all",
        "args": [
          {
            "kind": "Variable",
            "name": "after",
            "variableName": "after"
          },
          {
            "kind": "Variable",
            "name": "filter",
            "variableName": "filter"
          },
          {
            "kind": "Literal",
            "name": "first",
            "value": 25
          }
        ],
        "concreteType": "NotificationConnection",
        "kind": "LinkedField",
        "name": "notifications",
        "plural": false,
        "selections": [
          (v0/*:: as any*/),
          {
            "alias": null,
            "args": null,
            "concreteType": "PageInfo",
            "kind": "LinkedField",
            "name": "pageInfo",
            "plural": false,
            "selections": [
              {
                "alias": null,
                "args": null,
                "kind": "ScalarField",
                "name": "hasNextPage",
                "storageKey": null
              },
              {
                "alias": null,
                "args": null,
                "kind": "ScalarField",
                "name": "endCursor",
                "storageKey": null
              }
            ],
            "storageKey": null
          },
          {
            "alias": null,
            "args": null,
            "concreteType": "NotificationEdge",
            "kind": "LinkedField",
            "name": "edges",
            "plural": true,
            "selections": [
              {
                "alias": null,
                "args": null,
                "concreteType": "Notification",
                "kind": "LinkedField",
                "name": "node",
                "plural": false,
                "selections": [
                  (v1/*:: as any*/),
                  (v2/*:: as any*/),
                  {
                    "args": null,
                    "kind": "FragmentSpread",
                    "name": "Alert_notification"
                  }
                ],
                "storageKey": null
              }
            ],
            "storageKey": null
          }
        ],
        "storageKey": null
      },
      "to": "RESULT"
    },
    {
      "kind": "CatchField",
      "field": {
        "alias": null,
        "args": [
          {
            "kind": "Literal",
            "name": "filter",
            "value": {
              "state": [
                "OPEN"
              ]
            }
          },
          {
            "kind": "Literal",
            "name": "first",
            "value": 10
          }
        ],
        "concreteType": "RecommendationConnection",
        "kind": "LinkedField",
        "name": "recommendations",
        "plural": false,
        "selections": [
          (v0/*:: as any*/),
          {
            "alias": null,
            "args": null,
            "concreteType": "RecommendationEdge",
            "kind": "LinkedField",
            "name": "edges",
            "plural": true,
            "selections": [
              {
                "alias": null,
                "args": null,
                "concreteType": "Recommendation",
                "kind": "LinkedField",
                "name": "node",
                "plural": false,
                "selections": [
                  (v1/*:: as any*/),
                  {
                    "alias": null,
                    "args": null,
                    "kind": "ScalarField",
                    "name": "type",
                    "storageKey": null
                  },
                  (v2/*:: as any*/),
                  {
                    "alias": null,
                    "args": null,
                    "kind": "ScalarField",
                    "name": "params",
                    "storageKey": null
                  },
                  {
                    "alias": null,
                    "args": null,
                    "concreteType": null,
                    "kind": "LinkedField",
                    "name": "entity",
                    "plural": false,
                    "selections": [
                      {
                        "alias": null,
                        "args": null,
                        "kind": "ScalarField",
                        "name": "__typename",
                        "storageKey": null
                      },
                      (v1/*:: as any*/),
                      {
                        "kind": "InlineFragment",
                        "selections": (v3/*:: as any*/),
                        "type": "Campaign",
                        "abstractKey": null
                      },
                      {
                        "kind": "InlineFragment",
                        "selections": (v3/*:: as any*/),
                        "type": "AdGroup",
                        "abstractKey": null
                      },
                      {
                        "kind": "InlineFragment",
                        "selections": [
                          {
                            "alias": "adName",
                            "args": null,
                            "kind": "ScalarField",
                            "name": "name",
                            "storageKey": null
                          }
                        ],
                        "type": "Ad",
                        "abstractKey": null
                      }
                    ],
                    "storageKey": null
                  },
                  {
                    "alias": null,
                    "args": null,
                    "concreteType": "RecommendationImpact",
                    "kind": "LinkedField",
                    "name": "impact",
                    "plural": true,
                    "selections": [
                      {
                        "alias": null,
                        "args": null,
                        "kind": "ScalarField",
                        "name": "metric",
                        "storageKey": null
                      },
                      {
                        "alias": null,
                        "args": null,
                        "concreteType": "ImpactValue",
                        "kind": "LinkedField",
                        "name": "current",
                        "plural": false,
                        "selections": (v4/*:: as any*/),
                        "storageKey": null
                      },
                      {
                        "alias": null,
                        "args": null,
                        "concreteType": "ImpactValue",
                        "kind": "LinkedField",
                        "name": "estimated",
                        "plural": false,
                        "selections": (v4/*:: as any*/),
                        "storageKey": null
                      }
                    ],
                    "storageKey": null
                  }
                ],
                "storageKey": null
              }
            ],
            "storageKey": null
          }
        ],
        "storageKey": "recommendations(filter:{\"state\":[\"OPEN\"]},first:10)"
      },
      "to": "RESULT"
    }
  ],
  "type": "Advertiser",
  "abstractKey": null
};
})();

(node as any).hash = "bf81af79f53db3ba066339b5efce6314";

export default node;
