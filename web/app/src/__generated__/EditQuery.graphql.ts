/**
 * @generated SignedSource<<6283ad07bee45bc49ebbc4ec2009fd4f>>
 * @relayHash 688fefd976e8acd01854e5f1e5e37823
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

// @relayRequestID 474d38e25b5cf91bd66d21f65c4a51c83510def74544b6b03b14e03d8985bca4

import { ConcreteRequest } from 'relay-runtime';
import { FragmentRefs, Result } from "relay-runtime";
export type BudgetType = "CBO_ADGROUP" | "DAILY" | "LIFETIME" | "%future added value";
export type CampaignObjective = "AWARENESS" | "CATALOG_SALES" | "CONSIDERATION" | "VIDEO_COMPLETION" | "WEB_CONVERSION" | "%future added value";
export type Comparison = "PREVIOUS_PERIOD" | "SAME_WEEKDAYS_LAST_YEAR" | "%future added value";
export type DatePreset = "LAST_14_DAYS" | "LAST_30_DAYS" | "LAST_7_DAYS" | "LAST_MONTH" | "THIS_MONTH" | "TODAY" | "YESTERDAY" | "%future added value";
export type DeliveryStatus = "ADVERTISER_DISABLED" | "ARCHIVED" | "COMPLETED" | "DELETED_DRAFT" | "DRAFT" | "NOT_DELIVERING" | "NOT_STARTED" | "PAUSED" | "PENDING" | "REJECTED" | "RUNNING" | "%future added value";
export type EntityStatus = "ACTIVE" | "ARCHIVED" | "DELETED_DRAFT" | "DRAFT" | "PAUSED" | "%future added value";
export type ErrorPolicy = "ALL_OR_NOTHING" | "SKIP_FAILED" | "%future added value";
export type MetricName = "ADD_TO_CARTS" | "AVERAGE_ORDER_VALUE" | "CHECKOUTS" | "CHECKOUT_CONVERSION_RATE" | "CHECKOUT_VALUE" | "CONVERSIONS" | "COST_PER_CHECKOUT" | "COST_PER_LEAD" | "COST_PER_OUTBOUND_CLICK" | "CPC" | "CPE" | "CPM" | "CPV" | "CTR" | "EARNED_IMPRESSIONS" | "EARNED_PIN_CLICKS" | "ENGAGEMENTS" | "ENGAGEMENT_RATE" | "FREQUENCY" | "IMPRESSIONS" | "LEADS" | "OUTBOUND_CLICKS" | "OUTBOUND_CTR" | "PAGE_VISITS" | "PAID_CTR" | "PAID_IMPRESSIONS" | "PAID_PIN_CLICKS" | "PIN_CLICKS" | "REACH" | "ROAS" | "SAVES" | "SAVE_RATE" | "SIGNUPS" | "SPEND" | "VIDEO_COMPLETIONS" | "VIDEO_COMPLETION_RATE" | "VIDEO_PLAYS_25" | "VIDEO_PLAYS_50" | "VIDEO_PLAYS_75" | "VIDEO_PLAYS_95" | "VIDEO_STARTS" | "VIDEO_VIEWS_2S" | "VIDEO_VIEWS_3S" | "%future added value";
export type ReportTime = "AD_ACTION" | "CONVERSION" | "%future added value";
export type CampaignPlanInput = {
  campaigns?: ReadonlyArray<CampaignPatch> | null | undefined;
  change?: CampaignChange | null | undefined;
  errorPolicy?: ErrorPolicy;
  matching?: CampaignFilter | null | undefined;
  maxAffected?: number;
  report?: ReportInput | null | undefined;
};
export type CampaignPatch = {
  budgetMicros?: string | null | undefined;
  budgetType?: BudgetType | null | undefined;
  endAt?: string | null | undefined;
  id: string;
  name?: string | null | undefined;
  objective?: CampaignObjective | null | undefined;
  startAt?: string | null | undefined;
  status?: EntityStatus | null | undefined;
  version: number;
};
export type CampaignFilter = {
  delivery?: ReadonlyArray<DeliveryStatus> | null | undefined;
  ids?: ReadonlyArray<string> | null | undefined;
  labelIds?: ReadonlyArray<string> | null | undefined;
  metrics?: ReadonlyArray<MetricThreshold> | null | undefined;
  nameContains?: string | null | undefined;
  objective?: ReadonlyArray<CampaignObjective> | null | undefined;
  status?: ReadonlyArray<EntityStatus> | null | undefined;
};
export type MetricThreshold = {
  max?: number | null | undefined;
  metric: MetricName;
  min?: number | null | undefined;
};
export type ReportInput = {
  attribution?: AttributionInput | null | undefined;
  compareTo?: Comparison | null | undefined;
  dates: DatesInput;
};
export type DatesInput = {
  from?: string | null | undefined;
  preset?: DatePreset | null | undefined;
  to?: string | null | undefined;
};
export type AttributionInput = {
  clickWindowDays?: number | null | undefined;
  engagementWindowDays?: number | null | undefined;
  reportTime?: ReportTime | null | undefined;
  viewWindowDays?: number | null | undefined;
};
export type CampaignChange = {
  budgetMicros?: string | null | undefined;
  budgetPercent?: number | null | undefined;
  endAt?: string | null | undefined;
  startAt?: string | null | undefined;
  status?: EntityStatus | null | undefined;
};
export type EditQuery$variables = {
  account: string;
  filter?: CampaignFilter | null | undefined;
  input: CampaignPlanInput;
  preview: boolean;
  report: ReportInput;
};
export type EditQuery$data = {
  readonly advertiser: Result<{
    readonly campaigns: Result<{
      readonly edges: ReadonlyArray<{
        readonly metrics: {
          readonly total: {
            readonly spend: {
              readonly amount: string;
            };
          };
        } | null | undefined;
        readonly node: {
          readonly budget: {
            readonly amount: {
              readonly amount: string;
            };
            readonly type: BudgetType;
          } | null | undefined;
          readonly id: string;
          readonly name: string;
          readonly status: EntityStatus;
        };
      }>;
      readonly totalCount: number | null | undefined;
      readonly totals: {
        readonly total: {
          readonly spend: {
            readonly amount: string;
          };
        };
      } | null | undefined;
    } | null | undefined, unknown>;
    readonly currency: string;
    readonly timeZone: string;
    readonly viewerCanEditCampaigns: boolean;
    readonly " $fragmentSpreads": FragmentRefs<"Shell_advertiser">;
  } | null | undefined, unknown>;
  readonly campaignPlan?: Result<{
    readonly " $fragmentSpreads": FragmentRefs<"Edit_plan">;
  } | null | undefined, unknown>;
  readonly viewer: {
    readonly " $fragmentSpreads": FragmentRefs<"Shell_viewer">;
  };
};
export type EditQuery = {
  response: EditQuery$data;
  variables: EditQuery$variables;
};

const node: ConcreteRequest = (function(){
var v0 = {
  "defaultValue": null,
  "kind": "LocalArgument",
  "name": "account"
},
v1 = {
  "defaultValue": null,
  "kind": "LocalArgument",
  "name": "filter"
},
v2 = {
  "defaultValue": null,
  "kind": "LocalArgument",
  "name": "input"
},
v3 = {
  "defaultValue": null,
  "kind": "LocalArgument",
  "name": "preview"
},
v4 = {
  "defaultValue": null,
  "kind": "LocalArgument",
  "name": "report"
},
v5 = [
  {
    "kind": "Variable",
    "name": "id",
    "variableName": "account"
  }
],
v6 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "currency",
  "storageKey": null
},
v7 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "timeZone",
  "storageKey": null
},
v8 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "viewerCanEditCampaigns",
  "storageKey": null
},
v9 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "id",
  "storageKey": null
},
v10 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "name",
  "storageKey": null
},
v11 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "status",
  "storageKey": null
},
v12 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "amount",
  "storageKey": null
},
v13 = [
  (v12/*:: as any*/)
],
v14 = [
  {
    "alias": null,
    "args": null,
    "concreteType": "MetricValues",
    "kind": "LinkedField",
    "name": "total",
    "plural": false,
    "selections": [
      {
        "alias": null,
        "args": null,
        "concreteType": "Money",
        "kind": "LinkedField",
        "name": "spend",
        "plural": false,
        "selections": (v13/*:: as any*/),
        "storageKey": null
      }
    ],
    "storageKey": null
  }
],
v15 = {
  "alias": null,
  "args": [
    {
      "kind": "Variable",
      "name": "filter",
      "variableName": "filter"
    },
    {
      "kind": "Literal",
      "name": "first",
      "value": 50
    },
    {
      "kind": "Literal",
      "name": "orderBy",
      "value": {
        "direction": "DESC",
        "metric": "SPEND"
      }
    },
    {
      "kind": "Variable",
      "name": "report",
      "variableName": "report"
    }
  ],
  "concreteType": "CampaignConnection",
  "kind": "LinkedField",
  "name": "campaigns",
  "plural": false,
  "selections": [
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "totalCount",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "concreteType": "CampaignEdge",
      "kind": "LinkedField",
      "name": "edges",
      "plural": true,
      "selections": [
        {
          "alias": null,
          "args": null,
          "concreteType": "Campaign",
          "kind": "LinkedField",
          "name": "node",
          "plural": false,
          "selections": [
            (v9/*:: as any*/),
            (v10/*:: as any*/),
            (v11/*:: as any*/),
            {
              "alias": null,
              "args": null,
              "concreteType": "Budget",
              "kind": "LinkedField",
              "name": "budget",
              "plural": false,
              "selections": [
                {
                  "alias": null,
                  "args": null,
                  "kind": "ScalarField",
                  "name": "type",
                  "storageKey": null
                },
                {
                  "alias": null,
                  "args": null,
                  "concreteType": "Money",
                  "kind": "LinkedField",
                  "name": "amount",
                  "plural": false,
                  "selections": (v13/*:: as any*/),
                  "storageKey": null
                }
              ],
              "storageKey": null
            }
          ],
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "concreteType": "MetricsReport",
          "kind": "LinkedField",
          "name": "metrics",
          "plural": false,
          "selections": (v14/*:: as any*/),
          "storageKey": null
        }
      ],
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "concreteType": "MetricsReport",
      "kind": "LinkedField",
      "name": "totals",
      "plural": false,
      "selections": (v14/*:: as any*/),
      "storageKey": null
    }
  ],
  "storageKey": null
},
v16 = [
  {
    "kind": "Variable",
    "name": "advertiserId",
    "variableName": "account"
  },
  {
    "kind": "Variable",
    "name": "input",
    "variableName": "input"
  }
],
v17 = [
  (v12/*:: as any*/),
  (v6/*:: as any*/)
],
v18 = [
  {
    "alias": null,
    "args": null,
    "concreteType": "Money",
    "kind": "LinkedField",
    "name": "old",
    "plural": false,
    "selections": (v17/*:: as any*/),
    "storageKey": null
  },
  {
    "alias": null,
    "args": null,
    "concreteType": "Money",
    "kind": "LinkedField",
    "name": "new",
    "plural": false,
    "selections": (v17/*:: as any*/),
    "storageKey": null
  },
  {
    "alias": null,
    "args": null,
    "kind": "ScalarField",
    "name": "percent",
    "storageKey": null
  }
],
v19 = [
  {
    "alias": null,
    "args": null,
    "kind": "ScalarField",
    "name": "code",
    "storageKey": null
  },
  {
    "alias": null,
    "args": null,
    "kind": "ScalarField",
    "name": "message",
    "storageKey": null
  }
];
return {
  "fragment": {
    "argumentDefinitions": [
      (v0/*:: as any*/),
      (v1/*:: as any*/),
      (v2/*:: as any*/),
      (v3/*:: as any*/),
      (v4/*:: as any*/)
    ],
    "kind": "Fragment",
    "metadata": null,
    "name": "EditQuery",
    "selections": [
      {
        "alias": null,
        "args": null,
        "concreteType": "Viewer",
        "kind": "LinkedField",
        "name": "viewer",
        "plural": false,
        "selections": [
          {
            "args": null,
            "kind": "FragmentSpread",
            "name": "Shell_viewer"
          }
        ],
        "storageKey": null
      },
      {
        "kind": "CatchField",
        "field": {
          "alias": null,
          "args": (v5/*:: as any*/),
          "concreteType": "Advertiser",
          "kind": "LinkedField",
          "name": "advertiser",
          "plural": false,
          "selections": [
            {
              "args": null,
              "kind": "FragmentSpread",
              "name": "Shell_advertiser"
            },
            (v6/*:: as any*/),
            (v7/*:: as any*/),
            (v8/*:: as any*/),
            {
              "kind": "CatchField",
              "field": (v15/*:: as any*/),
              "to": "RESULT"
            }
          ],
          "storageKey": null
        },
        "to": "RESULT"
      },
      {
        "condition": "preview",
        "kind": "Condition",
        "passingValue": true,
        "selections": [
          {
            "kind": "CatchField",
            "field": {
              "alias": null,
              "args": (v16/*:: as any*/),
              "concreteType": "UpdatePlan",
              "kind": "LinkedField",
              "name": "campaignPlan",
              "plural": false,
              "selections": [
                {
                  "args": null,
                  "kind": "FragmentSpread",
                  "name": "Edit_plan"
                }
              ],
              "storageKey": null
            },
            "to": "RESULT"
          }
        ]
      }
    ],
    "type": "Query",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": [
      (v0/*:: as any*/),
      (v2/*:: as any*/),
      (v3/*:: as any*/),
      (v1/*:: as any*/),
      (v4/*:: as any*/)
    ],
    "kind": "Operation",
    "name": "EditQuery",
    "selections": [
      {
        "alias": null,
        "args": null,
        "concreteType": "Viewer",
        "kind": "LinkedField",
        "name": "viewer",
        "plural": false,
        "selections": [
          (v10/*:: as any*/)
        ],
        "storageKey": null
      },
      {
        "alias": null,
        "args": (v5/*:: as any*/),
        "concreteType": "Advertiser",
        "kind": "LinkedField",
        "name": "advertiser",
        "plural": false,
        "selections": [
          (v9/*:: as any*/),
          (v10/*:: as any*/),
          {
            "alias": null,
            "args": null,
            "kind": "ScalarField",
            "name": "country",
            "storageKey": null
          },
          (v6/*:: as any*/),
          (v7/*:: as any*/),
          (v11/*:: as any*/),
          {
            "alias": null,
            "args": null,
            "kind": "ScalarField",
            "name": "viewerCanViewCampaigns",
            "storageKey": null
          },
          (v8/*:: as any*/),
          {
            "alias": null,
            "args": null,
            "kind": "ScalarField",
            "name": "viewerCanViewBilling",
            "storageKey": null
          },
          {
            "alias": null,
            "args": null,
            "kind": "ScalarField",
            "name": "viewerCanViewMembers",
            "storageKey": null
          },
          {
            "alias": null,
            "args": [
              {
                "kind": "Literal",
                "name": "first",
                "value": 1
              }
            ],
            "concreteType": "NotificationConnection",
            "kind": "LinkedField",
            "name": "notifications",
            "plural": false,
            "selections": [
              {
                "alias": null,
                "args": null,
                "kind": "ScalarField",
                "name": "unreadCount",
                "storageKey": null
              }
            ],
            "storageKey": "notifications(first:1)"
          },
          (v15/*:: as any*/)
        ],
        "storageKey": null
      },
      {
        "condition": "preview",
        "kind": "Condition",
        "passingValue": true,
        "selections": [
          {
            "alias": null,
            "args": (v16/*:: as any*/),
            "concreteType": "UpdatePlan",
            "kind": "LinkedField",
            "name": "campaignPlan",
            "plural": false,
            "selections": [
              {
                "alias": null,
                "args": null,
                "kind": "ScalarField",
                "name": "token",
                "storageKey": null
              },
              {
                "alias": null,
                "args": null,
                "kind": "ScalarField",
                "name": "expiresAt",
                "storageKey": null
              },
              {
                "alias": null,
                "args": null,
                "kind": "ScalarField",
                "name": "changing",
                "storageKey": null
              },
              {
                "alias": null,
                "args": null,
                "kind": "ScalarField",
                "name": "blocked",
                "storageKey": null
              },
              {
                "alias": null,
                "args": null,
                "concreteType": "MoneyStep",
                "kind": "LinkedField",
                "name": "dailyBudget",
                "plural": false,
                "selections": (v18/*:: as any*/),
                "storageKey": null
              },
              {
                "alias": null,
                "args": null,
                "concreteType": "MoneyStep",
                "kind": "LinkedField",
                "name": "lifetimeBudget",
                "plural": false,
                "selections": (v18/*:: as any*/),
                "storageKey": null
              },
              {
                "alias": null,
                "args": null,
                "concreteType": "PlannedItem",
                "kind": "LinkedField",
                "name": "items",
                "plural": true,
                "selections": [
                  (v9/*:: as any*/),
                  (v10/*:: as any*/),
                  {
                    "alias": null,
                    "args": null,
                    "concreteType": "Difference",
                    "kind": "LinkedField",
                    "name": "difference",
                    "plural": false,
                    "selections": [
                      {
                        "alias": null,
                        "args": null,
                        "concreteType": "StatusStep",
                        "kind": "LinkedField",
                        "name": "status",
                        "plural": false,
                        "selections": [
                          {
                            "alias": null,
                            "args": null,
                            "kind": "ScalarField",
                            "name": "old",
                            "storageKey": null
                          },
                          {
                            "alias": null,
                            "args": null,
                            "kind": "ScalarField",
                            "name": "new",
                            "storageKey": null
                          }
                        ],
                        "storageKey": null
                      },
                      {
                        "alias": null,
                        "args": null,
                        "concreteType": "MoneyStep",
                        "kind": "LinkedField",
                        "name": "budget",
                        "plural": false,
                        "selections": (v18/*:: as any*/),
                        "storageKey": null
                      }
                    ],
                    "storageKey": null
                  },
                  {
                    "alias": null,
                    "args": null,
                    "concreteType": "PlanWarning",
                    "kind": "LinkedField",
                    "name": "warnings",
                    "plural": true,
                    "selections": (v19/*:: as any*/),
                    "storageKey": null
                  },
                  {
                    "alias": null,
                    "args": null,
                    "concreteType": "UserError",
                    "kind": "LinkedField",
                    "name": "userErrors",
                    "plural": true,
                    "selections": (v19/*:: as any*/),
                    "storageKey": null
                  }
                ],
                "storageKey": null
              }
            ],
            "storageKey": null
          }
        ]
      }
    ]
  },
  "params": {
    "id": "474d38e25b5cf91bd66d21f65c4a51c83510def74544b6b03b14e03d8985bca4",
    "metadata": {},
    "name": "EditQuery",
    "operationKind": "query",
    "text": null
  }
};
})();

(node as any).hash = "27260c5bdb4c83de70a601402b88602c";

export default node;
