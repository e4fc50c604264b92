/**
 * @generated SignedSource<<3669f5f09d8939de97bcba7f738ae80b>>
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import { ReaderFragment } from 'relay-runtime';
export type AudienceType = "ACTALIKE" | "CUSTOMER_LIST" | "ENGAGEMENT" | "PERSONA" | "VISITOR" | "%future added value";
export type BidStrategy = "AUTOMATIC_BID" | "MAX_BID" | "TARGET_AVG" | "%future added value";
export type BillableEvent = "CLICKTHROUGH" | "IMPRESSION" | "VIDEO_V_50_MRC" | "%future added value";
export type BudgetType = "CBO_ADGROUP" | "DAILY" | "LIFETIME" | "%future added value";
export type CreativeType = "CAROUSEL" | "COLLAGE" | "COLLECTION" | "IDEA" | "MAX_VIDEO" | "QUIZ" | "REGULAR" | "SHOPPING" | "SHOWCASE" | "VIDEO" | "%future added value";
export type DeliveryStatus = "ADVERTISER_DISABLED" | "ARCHIVED" | "COMPLETED" | "DELETED_DRAFT" | "DRAFT" | "NOT_DELIVERING" | "NOT_STARTED" | "PAUSED" | "PENDING" | "REJECTED" | "RUNNING" | "%future added value";
export type EntityStatus = "ACTIVE" | "ARCHIVED" | "DELETED_DRAFT" | "DRAFT" | "PAUSED" | "%future added value";
export type KeywordMatch = "BROAD" | "EXACT" | "EXACT_NEGATIVE" | "PHRASE" | "PHRASE_NEGATIVE" | "%future added value";
export type NullReason = "DIVISION_BY_ZERO" | "LEVEL_NOT_COUNTED" | "NOT_ADDITIVE" | "NOT_COUNTED" | "RANGE_NOT_COUNTED" | "%future added value";
export type Pacing = "ACCELERATED" | "STANDARD" | "%future added value";
export type Placement = "ALL" | "BROWSE" | "OTHER" | "SEARCH" | "%future added value";
import { FragmentRefs, Result } from "relay-runtime";
export type AdGroup_detail$data = {
  readonly ads: Result<{
    readonly edges: ReadonlyArray<{
      readonly metrics: {
        readonly total: {
          readonly checkouts: number;
          readonly cpc: {
            readonly amount: string;
          } | null | undefined;
          readonly ctr: number | null | undefined;
          readonly impressions: number;
          readonly pinClicks: number;
          readonly roas: number | null | undefined;
          readonly spend: {
            readonly amount: string;
          };
        };
      } | null | undefined;
      readonly node: {
        readonly adName: string | null | undefined;
        readonly creativeType: CreativeType;
        readonly delivery: {
          readonly reasons: ReadonlyArray<{
            readonly code: string;
            readonly message: string;
          }>;
          readonly status: DeliveryStatus;
        } | null | undefined;
        readonly id: string;
        readonly pin: {
          readonly id: string;
          readonly title: string;
        } | null | undefined;
        readonly status: EntityStatus;
        readonly version: number;
      };
    }>;
    readonly totalCount: number | null | undefined;
    readonly totals: {
      readonly total: {
        readonly checkouts: number;
        readonly cpc: {
          readonly amount: string;
        } | null | undefined;
        readonly ctr: number | null | undefined;
        readonly impressions: number;
        readonly pinClicks: number;
        readonly roas: number | null | undefined;
        readonly spend: {
          readonly amount: string;
        };
      };
    } | null | undefined;
  } | null | undefined, unknown>;
  readonly advertiser: {
    readonly currency: string;
    readonly timeZone: string;
  };
  readonly audiences: Result<ReadonlyArray<{
    readonly audience: {
      readonly id: string;
      readonly name: string;
      readonly size: number | null | undefined;
      readonly type: AudienceType;
    };
    readonly isIncluded: boolean;
  }> | null | undefined, unknown>;
  readonly autoTargeting: boolean;
  readonly bid: {
    readonly amount: string;
  } | null | undefined;
  readonly bidStrategy: BidStrategy | null | undefined;
  readonly billableEvent: BillableEvent;
  readonly budget: {
    readonly amount: {
      readonly amount: string;
      readonly currency: string;
      readonly micros: string;
    };
    readonly type: BudgetType;
  } | null | undefined;
  readonly budgetProgress: {
    readonly daysLeft: number | null | undefined;
    readonly expected: {
      readonly amount: string;
    } | null | undefined;
    readonly pace: number | null | undefined;
    readonly spent: {
      readonly amount: string;
    };
  } | null | undefined;
  readonly campaign: {
    readonly id: string;
    readonly name: string;
  } | null | undefined;
  readonly delivery: {
    readonly reasons: ReadonlyArray<{
      readonly code: string;
      readonly message: string;
    }>;
    readonly status: DeliveryStatus;
  } | null | undefined;
  readonly endAt: string | null | undefined;
  readonly frequencyCap: number | null | undefined;
  readonly id: string;
  readonly isLearning: boolean;
  readonly keywords: Result<{
    readonly edges: ReadonlyArray<{
      readonly metrics: {
        readonly total: {
          readonly ctr: number | null | undefined;
          readonly pinClicks: number;
          readonly spend: {
            readonly amount: string;
          };
        };
      } | null | undefined;
      readonly node: {
        readonly id: string;
        readonly matchType: KeywordMatch;
        readonly value: string;
      };
    }>;
  } | null | undefined, unknown>;
  readonly metrics: Result<{
    readonly age: Result<{
      readonly remainder: {
        readonly ctr: number | null | undefined;
        readonly impressions: number;
        readonly spend: {
          readonly amount: string;
        };
      } | null | undefined;
      readonly rows: ReadonlyArray<{
        readonly label: string;
        readonly value: string;
        readonly values: {
          readonly ctr: number | null | undefined;
          readonly impressions: number;
          readonly spend: {
            readonly amount: string;
          };
        };
      }>;
    } | null | undefined, unknown>;
    readonly context: {
      readonly conversionsFinalThrough: string | null | undefined;
      readonly dataAsOf: string | null | undefined;
      readonly from: string;
      readonly isPartial: boolean;
      readonly previousFrom: string | null | undefined;
      readonly previousTo: string | null | undefined;
      readonly timeZone: string;
      readonly to: string;
    };
    readonly device: Result<{
      readonly remainder: {
        readonly ctr: number | null | undefined;
        readonly impressions: number;
        readonly spend: {
          readonly amount: string;
        };
      } | null | undefined;
      readonly rows: ReadonlyArray<{
        readonly label: string;
        readonly value: string;
        readonly values: {
          readonly ctr: number | null | undefined;
          readonly impressions: number;
          readonly spend: {
            readonly amount: string;
          };
        };
      }>;
    } | null | undefined, unknown>;
    readonly gender: Result<{
      readonly remainder: {
        readonly ctr: number | null | undefined;
        readonly impressions: number;
        readonly spend: {
          readonly amount: string;
        };
      } | null | undefined;
      readonly rows: ReadonlyArray<{
        readonly label: string;
        readonly value: string;
        readonly values: {
          readonly ctr: number | null | undefined;
          readonly impressions: number;
          readonly spend: {
            readonly amount: string;
          };
        };
      }>;
    } | null | undefined, unknown>;
    readonly people: {
      readonly frequency: number | null | undefined;
      readonly reach: number | null | undefined;
      readonly whyNoReach: NullReason | null | undefined;
    };
    readonly " $fragmentSpreads": FragmentRefs<"Performance_report">;
  } | null | undefined, unknown>;
  readonly name: string;
  readonly pacing: Pacing;
  readonly placement: Placement;
  readonly startAt: string | null | undefined;
  readonly status: EntityStatus;
  readonly targeting: unknown;
  readonly version: number;
  readonly " $fragmentType": "AdGroup_detail";
};
export type AdGroup_detail$key = {
  readonly " $data"?: AdGroup_detail$data;
  readonly " $fragmentSpreads": FragmentRefs<"AdGroup_detail">;
};

const node: ReaderFragment = (function(){
var v0 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "id",
  "storageKey": null
},
v1 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "name",
  "storageKey": null
},
v2 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "status",
  "storageKey": null
},
v3 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "version",
  "storageKey": null
},
v4 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "amount",
  "storageKey": null
},
v5 = [
  (v4/*:: as any*/)
],
v6 = {
  "alias": null,
  "args": null,
  "concreteType": "Delivery",
  "kind": "LinkedField",
  "name": "delivery",
  "plural": false,
  "selections": [
    (v2/*:: as any*/),
    {
      "alias": null,
      "args": null,
      "concreteType": "DeliveryReason",
      "kind": "LinkedField",
      "name": "reasons",
      "plural": true,
      "selections": [
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
      ],
      "storageKey": null
    }
  ],
  "storageKey": null
},
v7 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "type",
  "storageKey": null
},
v8 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "currency",
  "storageKey": null
},
v9 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "timeZone",
  "storageKey": null
},
v10 = {
  "kind": "Variable",
  "name": "report",
  "variableName": "report"
},
v11 = {
  "kind": "Literal",
  "name": "first",
  "value": 8
},
v12 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "value",
  "storageKey": null
},
v13 = {
  "alias": null,
  "args": null,
  "concreteType": "Money",
  "kind": "LinkedField",
  "name": "spend",
  "plural": false,
  "selections": (v5/*:: as any*/),
  "storageKey": null
},
v14 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "impressions",
  "storageKey": null
},
v15 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "ctr",
  "storageKey": null
},
v16 = [
  (v13/*:: as any*/),
  (v14/*:: as any*/),
  (v15/*:: as any*/)
],
v17 = [
  {
    "alias": null,
    "args": null,
    "concreteType": "BreakdownRow",
    "kind": "LinkedField",
    "name": "rows",
    "plural": true,
    "selections": [
      (v12/*:: as any*/),
      {
        "alias": null,
        "args": null,
        "kind": "ScalarField",
        "name": "label",
        "storageKey": null
      },
      {
        "alias": null,
        "args": null,
        "concreteType": "MetricValues",
        "kind": "LinkedField",
        "name": "values",
        "plural": false,
        "selections": (v16/*:: as any*/),
        "storageKey": null
      }
    ],
    "storageKey": null
  },
  {
    "alias": null,
    "args": null,
    "concreteType": "MetricValues",
    "kind": "LinkedField",
    "name": "remainder",
    "plural": false,
    "selections": (v16/*:: as any*/),
    "storageKey": null
  }
],
v18 = {
  "kind": "Literal",
  "name": "orderBy",
  "value": {
    "direction": "DESC",
    "metric": "SPEND"
  }
},
v19 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "pinClicks",
  "storageKey": null
},
v20 = [
  {
    "alias": null,
    "args": null,
    "concreteType": "MetricValues",
    "kind": "LinkedField",
    "name": "total",
    "plural": false,
    "selections": [
      (v13/*:: as any*/),
      (v14/*:: as any*/),
      (v19/*:: as any*/),
      (v15/*:: as any*/),
      {
        "alias": null,
        "args": null,
        "concreteType": "Money",
        "kind": "LinkedField",
        "name": "cpc",
        "plural": false,
        "selections": (v5/*:: as any*/),
        "storageKey": null
      },
      {
        "alias": null,
        "args": null,
        "kind": "ScalarField",
        "name": "checkouts",
        "storageKey": null
      },
      {
        "alias": null,
        "args": null,
        "kind": "ScalarField",
        "name": "roas",
        "storageKey": null
      }
    ],
    "storageKey": null
  }
];
return {
  "argumentDefinitions": [
    {
      "kind": "RootArgument",
      "name": "report"
    }
  ],
  "kind": "Fragment",
  "metadata": null,
  "name": "AdGroup_detail",
  "selections": [
    (v0/*:: as any*/),
    (v1/*:: as any*/),
    (v2/*:: as any*/),
    (v3/*:: as any*/),
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "startAt",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "endAt",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "targeting",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "autoTargeting",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "frequencyCap",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "isLearning",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "bidStrategy",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "billableEvent",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "pacing",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "placement",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "concreteType": "Money",
      "kind": "LinkedField",
      "name": "bid",
      "plural": false,
      "selections": (v5/*:: as any*/),
      "storageKey": null
    },
    (v6/*:: as any*/),
    {
      "alias": null,
      "args": null,
      "concreteType": "Budget",
      "kind": "LinkedField",
      "name": "budget",
      "plural": false,
      "selections": [
        (v7/*:: as any*/),
        {
          "alias": null,
          "args": null,
          "concreteType": "Money",
          "kind": "LinkedField",
          "name": "amount",
          "plural": false,
          "selections": [
            {
              "alias": null,
              "args": null,
              "kind": "ScalarField",
              "name": "micros",
              "storageKey": null
            },
            (v4/*:: as any*/),
            (v8/*:: as any*/)
          ],
          "storageKey": null
        }
      ],
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "concreteType": "BudgetProgress",
      "kind": "LinkedField",
      "name": "budgetProgress",
      "plural": false,
      "selections": [
        {
          "alias": null,
          "args": null,
          "concreteType": "Money",
          "kind": "LinkedField",
          "name": "spent",
          "plural": false,
          "selections": (v5/*:: as any*/),
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "concreteType": "Money",
          "kind": "LinkedField",
          "name": "expected",
          "plural": false,
          "selections": (v5/*:: as any*/),
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "pace",
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "daysLeft",
          "storageKey": null
        }
      ],
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "concreteType": "Advertiser",
      "kind": "LinkedField",
      "name": "advertiser",
      "plural": false,
      "selections": [
        (v8/*:: as any*/),
        (v9/*:: as any*/)
      ],
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "concreteType": "Campaign",
      "kind": "LinkedField",
      "name": "campaign",
      "plural": false,
      "selections": [
        (v0/*:: as any*/),
        (v1/*:: as any*/)
      ],
      "storageKey": null
    },
    {
      "kind": "CatchField",
      "field": {
        "alias": null,
        "args": null,
        "concreteType": "AdGroupAudience",
        "kind": "LinkedField",
        "name": "audiences",
        "plural": true,
        "selections": [
          {
            "alias": null,
            "args": null,
            "kind": "ScalarField",
            "name": "isIncluded",
            "storageKey": null
          },
          {
            "alias": null,
            "args": null,
            "concreteType": "Audience",
            "kind": "LinkedField",
            "name": "audience",
            "plural": false,
            "selections": [
              (v0/*:: as any*/),
              (v1/*:: as any*/),
              (v7/*:: as any*/),
              {
                "alias": null,
                "args": null,
                "kind": "ScalarField",
                "name": "size",
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
          (v10/*:: as any*/)
        ],
        "concreteType": "MetricsReport",
        "kind": "LinkedField",
        "name": "metrics",
        "plural": false,
        "selections": [
          {
            "alias": null,
            "args": null,
            "concreteType": "MetricsContext",
            "kind": "LinkedField",
            "name": "context",
            "plural": false,
            "selections": [
              {
                "alias": null,
                "args": null,
                "kind": "ScalarField",
                "name": "from",
                "storageKey": null
              },
              {
                "alias": null,
                "args": null,
                "kind": "ScalarField",
                "name": "to",
                "storageKey": null
              },
              {
                "alias": null,
                "args": null,
                "kind": "ScalarField",
                "name": "previousFrom",
                "storageKey": null
              },
              {
                "alias": null,
                "args": null,
                "kind": "ScalarField",
                "name": "previousTo",
                "storageKey": null
              },
              (v9/*:: as any*/),
              {
                "alias": null,
                "args": null,
                "kind": "ScalarField",
                "name": "dataAsOf",
                "storageKey": null
              },
              {
                "alias": null,
                "args": null,
                "kind": "ScalarField",
                "name": "conversionsFinalThrough",
                "storageKey": null
              },
              {
                "alias": null,
                "args": null,
                "kind": "ScalarField",
                "name": "isPartial",
                "storageKey": null
              }
            ],
            "storageKey": null
          },
          {
            "args": null,
            "kind": "FragmentSpread",
            "name": "Performance_report"
          },
          {
            "alias": "people",
            "args": null,
            "concreteType": "MetricValues",
            "kind": "LinkedField",
            "name": "total",
            "plural": false,
            "selections": [
              {
                "alias": null,
                "args": null,
                "kind": "ScalarField",
                "name": "reach",
                "storageKey": null
              },
              {
                "alias": null,
                "args": null,
                "kind": "ScalarField",
                "name": "frequency",
                "storageKey": null
              },
              {
                "alias": "whyNoReach",
                "args": [
                  {
                    "kind": "Literal",
                    "name": "metric",
                    "value": "REACH"
                  }
                ],
                "kind": "ScalarField",
                "name": "nullReason",
                "storageKey": "nullReason(metric:\"REACH\")"
              }
            ],
            "storageKey": null
          },
          {
            "kind": "CatchField",
            "field": {
              "alias": "age",
              "args": [
                {
                  "kind": "Literal",
                  "name": "by",
                  "value": "AGE"
                },
                (v11/*:: as any*/)
              ],
              "concreteType": "Breakdown",
              "kind": "LinkedField",
              "name": "breakdown",
              "plural": false,
              "selections": (v17/*:: as any*/),
              "storageKey": "breakdown(by:\"AGE\",first:8)"
            },
            "to": "RESULT"
          },
          {
            "kind": "CatchField",
            "field": {
              "alias": "gender",
              "args": [
                {
                  "kind": "Literal",
                  "name": "by",
                  "value": "GENDER"
                },
                {
                  "kind": "Literal",
                  "name": "first",
                  "value": 5
                }
              ],
              "concreteType": "Breakdown",
              "kind": "LinkedField",
              "name": "breakdown",
              "plural": false,
              "selections": (v17/*:: as any*/),
              "storageKey": "breakdown(by:\"GENDER\",first:5)"
            },
            "to": "RESULT"
          },
          {
            "kind": "CatchField",
            "field": {
              "alias": "device",
              "args": [
                {
                  "kind": "Literal",
                  "name": "by",
                  "value": "DEVICE"
                },
                {
                  "kind": "Literal",
                  "name": "first",
                  "value": 6
                }
              ],
              "concreteType": "Breakdown",
              "kind": "LinkedField",
              "name": "breakdown",
              "plural": false,
              "selections": (v17/*:: as any*/),
              "storageKey": "breakdown(by:\"DEVICE\",first:6)"
            },
            "to": "RESULT"
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
              "isArchived": false,
              "isNegative": false
            }
          },
          (v11/*:: as any*/),
          (v18/*:: as any*/),
          (v10/*:: as any*/)
        ],
        "concreteType": "KeywordConnection",
        "kind": "LinkedField",
        "name": "keywords",
        "plural": false,
        "selections": [
          {
            "alias": null,
            "args": null,
            "concreteType": "KeywordEdge",
            "kind": "LinkedField",
            "name": "edges",
            "plural": true,
            "selections": [
              {
                "alias": null,
                "args": null,
                "concreteType": "Keyword",
                "kind": "LinkedField",
                "name": "node",
                "plural": false,
                "selections": [
                  (v0/*:: as any*/),
                  (v12/*:: as any*/),
                  {
                    "alias": null,
                    "args": null,
                    "kind": "ScalarField",
                    "name": "matchType",
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
                "selections": [
                  {
                    "alias": null,
                    "args": null,
                    "concreteType": "MetricValues",
                    "kind": "LinkedField",
                    "name": "total",
                    "plural": false,
                    "selections": [
                      (v13/*:: as any*/),
                      (v19/*:: as any*/),
                      (v15/*:: as any*/)
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
            "name": "first",
            "value": 12
          },
          (v18/*:: as any*/),
          (v10/*:: as any*/)
        ],
        "concreteType": "AdConnection",
        "kind": "LinkedField",
        "name": "ads",
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
            "concreteType": "MetricsReport",
            "kind": "LinkedField",
            "name": "totals",
            "plural": false,
            "selections": (v20/*:: as any*/),
            "storageKey": null
          },
          {
            "alias": null,
            "args": null,
            "concreteType": "AdEdge",
            "kind": "LinkedField",
            "name": "edges",
            "plural": true,
            "selections": [
              {
                "alias": null,
                "args": null,
                "concreteType": "Ad",
                "kind": "LinkedField",
                "name": "node",
                "plural": false,
                "selections": [
                  (v0/*:: as any*/),
                  {
                    "alias": "adName",
                    "args": null,
                    "kind": "ScalarField",
                    "name": "name",
                    "storageKey": null
                  },
                  (v2/*:: as any*/),
                  (v3/*:: as any*/),
                  {
                    "alias": null,
                    "args": null,
                    "kind": "ScalarField",
                    "name": "creativeType",
                    "storageKey": null
                  },
                  (v6/*:: as any*/),
                  {
                    "alias": null,
                    "args": null,
                    "concreteType": "Pin",
                    "kind": "LinkedField",
                    "name": "pin",
                    "plural": false,
                    "selections": [
                      (v0/*:: as any*/),
                      {
                        "alias": null,
                        "args": null,
                        "kind": "ScalarField",
                        "name": "title",
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
                "selections": (v20/*:: as any*/),
                "storageKey": null
              }
            ],
            "storageKey": null
          }
        ],
        "storageKey": null
      },
      "to": "RESULT"
    }
  ],
  "type": "AdGroup",
  "abstractKey": null
};
})();

(node as any).hash = "579bf9a1da4152b9da90bc3366d35b6e";

export default node;
