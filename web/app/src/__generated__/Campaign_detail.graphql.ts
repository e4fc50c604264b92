/**
 * @generated SignedSource<<708cc1d3df09cdf975b60723e375b279>>
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import { ReaderFragment } from 'relay-runtime';
export type BudgetType = "CBO_ADGROUP" | "DAILY" | "LIFETIME" | "%future added value";
export type CampaignObjective = "AWARENESS" | "CATALOG_SALES" | "CONSIDERATION" | "VIDEO_COMPLETION" | "WEB_CONVERSION" | "%future added value";
export type CreativeType = "CAROUSEL" | "COLLAGE" | "COLLECTION" | "IDEA" | "MAX_VIDEO" | "QUIZ" | "REGULAR" | "SHOPPING" | "SHOWCASE" | "VIDEO" | "%future added value";
export type DeliveryStatus = "ADVERTISER_DISABLED" | "ARCHIVED" | "COMPLETED" | "DELETED_DRAFT" | "DRAFT" | "NOT_DELIVERING" | "NOT_STARTED" | "PAUSED" | "PENDING" | "REJECTED" | "RUNNING" | "%future added value";
export type EntityStatus = "ACTIVE" | "ARCHIVED" | "DELETED_DRAFT" | "DRAFT" | "PAUSED" | "%future added value";
import { FragmentRefs, Result } from "relay-runtime";
export type Campaign_detail$data = {
  readonly adGroups: Result<{
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
        readonly ads: {
          readonly edges: ReadonlyArray<{
            readonly node: {
              readonly creativeType: CreativeType;
              readonly id: string;
              readonly pin: {
                readonly id: string;
              } | null | undefined;
            };
          }>;
        } | null | undefined;
        readonly bid: {
          readonly amount: string;
        } | null | undefined;
        readonly budget: {
          readonly amount: {
            readonly amount: string;
            readonly currency: string;
            readonly micros: string;
          };
          readonly type: BudgetType;
        } | null | undefined;
        readonly delivery: {
          readonly reasons: ReadonlyArray<{
            readonly code: string;
            readonly message: string;
          }>;
          readonly status: DeliveryStatus;
        } | null | undefined;
        readonly id: string;
        readonly name: string;
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
  readonly changes: Result<{
    readonly edges: ReadonlyArray<{
      readonly node: {
        readonly actor: {
          readonly name: string;
        } | null | undefined;
        readonly at: string;
        readonly field: string;
        readonly id: string;
        readonly new: unknown | null | undefined;
        readonly old: unknown | null | undefined;
      };
    }>;
  } | null | undefined, unknown>;
  readonly createdAt: string;
  readonly delivery: {
    readonly reasons: ReadonlyArray<{
      readonly code: string;
      readonly message: string;
    }>;
    readonly status: DeliveryStatus;
  } | null | undefined;
  readonly endAt: string | null | undefined;
  readonly id: string;
  readonly labels: ReadonlyArray<{
    readonly id: string;
    readonly value: string;
  }> | null | undefined;
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
    readonly placement: Result<{
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
    readonly " $fragmentSpreads": FragmentRefs<"Performance_report">;
  } | null | undefined, unknown>;
  readonly name: string;
  readonly objective: CampaignObjective;
  readonly startAt: string | null | undefined;
  readonly status: EntityStatus;
  readonly version: number;
  readonly " $fragmentType": "Campaign_detail";
};
export type Campaign_detail$key = {
  readonly " $data"?: Campaign_detail$data;
  readonly " $fragmentSpreads": FragmentRefs<"Campaign_detail">;
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
v5 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "amount",
  "storageKey": null
},
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
      "selections": [
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "micros",
          "storageKey": null
        },
        (v5/*:: as any*/),
        (v6/*:: as any*/)
      ],
      "storageKey": null
    }
  ],
  "storageKey": null
},
v8 = [
  (v5/*:: as any*/)
],
v9 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "value",
  "storageKey": null
},
v10 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "timeZone",
  "storageKey": null
},
v11 = {
  "kind": "Variable",
  "name": "report",
  "variableName": "report"
},
v12 = {
  "alias": null,
  "args": null,
  "concreteType": "Money",
  "kind": "LinkedField",
  "name": "spend",
  "plural": false,
  "selections": (v8/*:: as any*/),
  "storageKey": null
},
v13 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "impressions",
  "storageKey": null
},
v14 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "ctr",
  "storageKey": null
},
v15 = [
  (v12/*:: as any*/),
  (v13/*:: as any*/),
  (v14/*:: as any*/)
],
v16 = [
  {
    "alias": null,
    "args": null,
    "concreteType": "BreakdownRow",
    "kind": "LinkedField",
    "name": "rows",
    "plural": true,
    "selections": [
      (v9/*:: as any*/),
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
        "selections": (v15/*:: as any*/),
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
    "selections": (v15/*:: as any*/),
    "storageKey": null
  }
],
v17 = {
  "kind": "Literal",
  "name": "first",
  "value": 5
},
v18 = [
  {
    "alias": null,
    "args": null,
    "concreteType": "MetricValues",
    "kind": "LinkedField",
    "name": "total",
    "plural": false,
    "selections": [
      (v12/*:: as any*/),
      (v13/*:: as any*/),
      {
        "alias": null,
        "args": null,
        "kind": "ScalarField",
        "name": "pinClicks",
        "storageKey": null
      },
      (v14/*:: as any*/),
      {
        "alias": null,
        "args": null,
        "concreteType": "Money",
        "kind": "LinkedField",
        "name": "cpc",
        "plural": false,
        "selections": (v8/*:: as any*/),
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
  "name": "Campaign_detail",
  "selections": [
    (v0/*:: as any*/),
    (v1/*:: as any*/),
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "objective",
      "storageKey": null
    },
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
      "name": "createdAt",
      "storageKey": null
    },
    (v4/*:: as any*/),
    (v7/*:: as any*/),
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
          "selections": (v8/*:: as any*/),
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "concreteType": "Money",
          "kind": "LinkedField",
          "name": "expected",
          "plural": false,
          "selections": (v8/*:: as any*/),
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
      "concreteType": "Label",
      "kind": "LinkedField",
      "name": "labels",
      "plural": true,
      "selections": [
        (v0/*:: as any*/),
        (v9/*:: as any*/)
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
        (v6/*:: as any*/),
        (v10/*:: as any*/)
      ],
      "storageKey": null
    },
    {
      "kind": "CatchField",
      "field": {
        "alias": null,
        "args": [
          (v11/*:: as any*/)
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
              (v10/*:: as any*/),
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
            "kind": "CatchField",
            "field": {
              "alias": "age",
              "args": [
                {
                  "kind": "Literal",
                  "name": "by",
                  "value": "AGE"
                },
                {
                  "kind": "Literal",
                  "name": "first",
                  "value": 8
                }
              ],
              "concreteType": "Breakdown",
              "kind": "LinkedField",
              "name": "breakdown",
              "plural": false,
              "selections": (v16/*:: as any*/),
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
                (v17/*:: as any*/)
              ],
              "concreteType": "Breakdown",
              "kind": "LinkedField",
              "name": "breakdown",
              "plural": false,
              "selections": (v16/*:: as any*/),
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
              "selections": (v16/*:: as any*/),
              "storageKey": "breakdown(by:\"DEVICE\",first:6)"
            },
            "to": "RESULT"
          },
          {
            "kind": "CatchField",
            "field": {
              "alias": "placement",
              "args": [
                {
                  "kind": "Literal",
                  "name": "by",
                  "value": "PLACEMENT"
                },
                {
                  "kind": "Literal",
                  "name": "first",
                  "value": 4
                }
              ],
              "concreteType": "Breakdown",
              "kind": "LinkedField",
              "name": "breakdown",
              "plural": false,
              "selections": (v16/*:: as any*/),
              "storageKey": "breakdown(by:\"PLACEMENT\",first:4)"
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
            "name": "first",
            "value": 10
          },
          {
            "kind": "Literal",
            "name": "orderBy",
            "value": {
              "direction": "DESC",
              "metric": "SPEND"
            }
          },
          (v11/*:: as any*/)
        ],
        "concreteType": "AdGroupConnection",
        "kind": "LinkedField",
        "name": "adGroups",
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
            "selections": (v18/*:: as any*/),
            "storageKey": null
          },
          {
            "alias": null,
            "args": null,
            "concreteType": "AdGroupEdge",
            "kind": "LinkedField",
            "name": "edges",
            "plural": true,
            "selections": [
              {
                "alias": null,
                "args": null,
                "concreteType": "AdGroup",
                "kind": "LinkedField",
                "name": "node",
                "plural": false,
                "selections": [
                  (v0/*:: as any*/),
                  (v1/*:: as any*/),
                  (v2/*:: as any*/),
                  (v3/*:: as any*/),
                  (v4/*:: as any*/),
                  (v7/*:: as any*/),
                  {
                    "alias": null,
                    "args": null,
                    "concreteType": "Money",
                    "kind": "LinkedField",
                    "name": "bid",
                    "plural": false,
                    "selections": (v8/*:: as any*/),
                    "storageKey": null
                  },
                  {
                    "alias": null,
                    "args": [
                      {
                        "kind": "Literal",
                        "name": "first",
                        "value": 3
                      }
                    ],
                    "concreteType": "AdConnection",
                    "kind": "LinkedField",
                    "name": "ads",
                    "plural": false,
                    "selections": [
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
                                "alias": null,
                                "args": null,
                                "kind": "ScalarField",
                                "name": "creativeType",
                                "storageKey": null
                              },
                              {
                                "alias": null,
                                "args": null,
                                "concreteType": "Pin",
                                "kind": "LinkedField",
                                "name": "pin",
                                "plural": false,
                                "selections": [
                                  (v0/*:: as any*/)
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
                    "storageKey": "ads(first:3)"
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
                "selections": (v18/*:: as any*/),
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
          (v17/*:: as any*/)
        ],
        "concreteType": "ChangeConnection",
        "kind": "LinkedField",
        "name": "changes",
        "plural": false,
        "selections": [
          {
            "alias": null,
            "args": null,
            "concreteType": "ChangeEdge",
            "kind": "LinkedField",
            "name": "edges",
            "plural": true,
            "selections": [
              {
                "alias": null,
                "args": null,
                "concreteType": "Change",
                "kind": "LinkedField",
                "name": "node",
                "plural": false,
                "selections": [
                  (v0/*:: as any*/),
                  {
                    "alias": null,
                    "args": null,
                    "kind": "ScalarField",
                    "name": "at",
                    "storageKey": null
                  },
                  {
                    "alias": null,
                    "args": null,
                    "concreteType": "Person",
                    "kind": "LinkedField",
                    "name": "actor",
                    "plural": false,
                    "selections": [
                      (v1/*:: as any*/)
                    ],
                    "storageKey": null
                  },
                  {
                    "alias": null,
                    "args": null,
                    "kind": "ScalarField",
                    "name": "field",
                    "storageKey": null
                  },
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
              }
            ],
            "storageKey": null
          }
        ],
        "storageKey": "changes(first:5)"
      },
      "to": "RESULT"
    }
  ],
  "type": "Campaign",
  "abstractKey": null
};
})();

(node as any).hash = "13bcdc0e15fa5bc5a30eb5dbcac1f98d";

export default node;
