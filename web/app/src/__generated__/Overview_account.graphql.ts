/**
 * @generated SignedSource<<86b58d8d30a1da1d7d68d310cad84fab>>
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import { ReaderFragment } from 'relay-runtime';
export type CreativeType = "CAROUSEL" | "COLLAGE" | "COLLECTION" | "IDEA" | "MAX_VIDEO" | "QUIZ" | "REGULAR" | "SHOPPING" | "SHOWCASE" | "VIDEO" | "%future added value";
export type DeliveryStatus = "ADVERTISER_DISABLED" | "ARCHIVED" | "COMPLETED" | "DELETED_DRAFT" | "DRAFT" | "NOT_DELIVERING" | "NOT_STARTED" | "PAUSED" | "PENDING" | "REJECTED" | "RUNNING" | "%future added value";
export type EntityStatus = "ACTIVE" | "ARCHIVED" | "DELETED_DRAFT" | "DRAFT" | "PAUSED" | "%future added value";
export type Verdict = "BAD" | "GOOD" | "NEUTRAL" | "%future added value";
import { FragmentRefs, Result } from "relay-runtime";
export type Overview_account$data = {
  readonly alerts: Result<{
    readonly edges: ReadonlyArray<{
      readonly node: {
        readonly id: string;
        readonly " $fragmentSpreads": FragmentRefs<"Alert_notification">;
      };
    }>;
  } | null | undefined, unknown>;
  readonly billing: Result<{
    readonly amountDue: {
      readonly amount: string;
    };
    readonly balance: {
      readonly amount: string;
    } | null | undefined;
    readonly creditRemaining: {
      readonly amount: string;
    };
    readonly threshold: {
      readonly amount: string;
    } | null | undefined;
  } | null | undefined, unknown>;
  readonly currency: string;
  readonly metrics: Result<{
    readonly byObjective: {
      readonly rows: ReadonlyArray<{
        readonly label: string;
        readonly value: string;
        readonly values: {
          readonly checkouts: number;
          readonly roas: number | null | undefined;
          readonly spend: {
            readonly amount: string;
          };
        };
      }>;
    } | null | undefined;
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
    readonly " $fragmentSpreads": FragmentRefs<"Performance_report">;
  } | null | undefined, unknown>;
  readonly movers: Result<{
    readonly edges: ReadonlyArray<{
      readonly metrics: {
        readonly change: {
          readonly checkouts: {
            readonly difference: number;
            readonly percent: number | null | undefined;
            readonly verdict: Verdict;
          } | null | undefined;
        } | null | undefined;
        readonly total: {
          readonly checkouts: number;
        };
      } | null | undefined;
      readonly node: {
        readonly id: string;
        readonly name: string;
      };
    }>;
  } | null | undefined, unknown>;
  readonly timeZone: string;
  readonly top: Result<{
    readonly edges: ReadonlyArray<{
      readonly metrics: {
        readonly change: {
          readonly spend: {
            readonly percent: number | null | undefined;
            readonly verdict: Verdict;
          } | null | undefined;
        } | null | undefined;
        readonly total: {
          readonly roas: number | null | undefined;
          readonly spend: {
            readonly amount: string;
          };
        };
      } | null | undefined;
      readonly node: {
        readonly delivery: {
          readonly status: DeliveryStatus;
        } | null | undefined;
        readonly id: string;
        readonly name: string;
        readonly status: EntityStatus;
      };
    }>;
  } | null | undefined, unknown>;
  readonly topAds: Result<{
    readonly edges: ReadonlyArray<{
      readonly metrics: {
        readonly total: {
          readonly roas: number | null | undefined;
          readonly spend: {
            readonly amount: string;
          };
        };
      } | null | undefined;
      readonly node: {
        readonly adName: string | null | undefined;
        readonly creativeType: CreativeType;
        readonly id: string;
        readonly pin: {
          readonly id: string;
          readonly title: string;
        } | null | undefined;
      };
    }>;
  } | null | undefined, unknown>;
  readonly " $fragmentType": "Overview_account";
};
export type Overview_account$key = {
  readonly " $data"?: Overview_account$data;
  readonly " $fragmentSpreads": FragmentRefs<"Overview_account">;
};

const node: ReaderFragment = (function(){
var v0 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "timeZone",
  "storageKey": null
},
v1 = [
  {
    "alias": null,
    "args": null,
    "kind": "ScalarField",
    "name": "amount",
    "storageKey": null
  }
],
v2 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "id",
  "storageKey": null
},
v3 = {
  "kind": "Variable",
  "name": "report",
  "variableName": "report"
},
v4 = {
  "alias": null,
  "args": null,
  "concreteType": "Money",
  "kind": "LinkedField",
  "name": "spend",
  "plural": false,
  "selections": (v1/*:: as any*/),
  "storageKey": null
},
v5 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "checkouts",
  "storageKey": null
},
v6 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "roas",
  "storageKey": null
},
v7 = {
  "kind": "Literal",
  "name": "first",
  "value": 6
},
v8 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "name",
  "storageKey": null
},
v9 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "status",
  "storageKey": null
},
v10 = {
  "alias": null,
  "args": null,
  "concreteType": "MetricValues",
  "kind": "LinkedField",
  "name": "total",
  "plural": false,
  "selections": [
    (v4/*:: as any*/),
    (v6/*:: as any*/)
  ],
  "storageKey": null
},
v11 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "percent",
  "storageKey": null
},
v12 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "verdict",
  "storageKey": null
};
return {
  "argumentDefinitions": [
    {
      "kind": "RootArgument",
      "name": "report"
    }
  ],
  "kind": "Fragment",
  "metadata": null,
  "name": "Overview_account",
  "selections": [
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "currency",
      "storageKey": null
    },
    (v0/*:: as any*/),
    {
      "kind": "CatchField",
      "field": {
        "alias": null,
        "args": null,
        "concreteType": "Billing",
        "kind": "LinkedField",
        "name": "billing",
        "plural": false,
        "selections": [
          {
            "alias": null,
            "args": null,
            "concreteType": "Money",
            "kind": "LinkedField",
            "name": "balance",
            "plural": false,
            "selections": (v1/*:: as any*/),
            "storageKey": null
          },
          {
            "alias": null,
            "args": null,
            "concreteType": "Money",
            "kind": "LinkedField",
            "name": "threshold",
            "plural": false,
            "selections": (v1/*:: as any*/),
            "storageKey": null
          },
          {
            "alias": null,
            "args": null,
            "concreteType": "Money",
            "kind": "LinkedField",
            "name": "creditRemaining",
            "plural": false,
            "selections": (v1/*:: as any*/),
            "storageKey": null
          },
          {
            "alias": null,
            "args": null,
            "concreteType": "Money",
            "kind": "LinkedField",
            "name": "amountDue",
            "plural": false,
            "selections": (v1/*:: as any*/),
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
        "alias": "alerts",
        "args": [
          {
            "kind": "Literal",
            "name": "filter",
            "value": {
              "state": [
                "UNREAD",
                "READ"
              ]
            }
          },
          {
            "kind": "Literal",
            "name": "first",
            "value": 4
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
        "storageKey": "notifications(filter:{\"state\":[\"UNREAD\",\"READ\"]},first:4)"
      },
      "to": "RESULT"
    },
    {
      "kind": "CatchField",
      "field": {
        "alias": null,
        "args": [
          (v3/*:: as any*/)
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
              (v0/*:: as any*/),
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
            "alias": "byObjective",
            "args": [
              {
                "kind": "Literal",
                "name": "by",
                "value": "OBJECTIVE"
              }
            ],
            "concreteType": "Breakdown",
            "kind": "LinkedField",
            "name": "breakdown",
            "plural": false,
            "selections": [
              {
                "alias": null,
                "args": null,
                "concreteType": "BreakdownRow",
                "kind": "LinkedField",
                "name": "rows",
                "plural": true,
                "selections": [
                  {
                    "alias": null,
                    "args": null,
                    "kind": "ScalarField",
                    "name": "value",
                    "storageKey": null
                  },
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
                    "selections": [
                      (v4/*:: as any*/),
                      (v5/*:: as any*/),
                      (v6/*:: as any*/)
                    ],
                    "storageKey": null
                  }
                ],
                "storageKey": null
              }
            ],
            "storageKey": "breakdown(by:\"OBJECTIVE\")"
          }
        ],
        "storageKey": null
      },
      "to": "RESULT"
    },
    {
      "kind": "CatchField",
      "field": {
        "alias": "top",
        "args": [
          (v7/*:: as any*/),
          {
            "kind": "Literal",
            "name": "orderBy",
            "value": {
              "direction": "DESC",
              "metric": "SPEND"
            }
          },
          (v3/*:: as any*/)
        ],
        "concreteType": "CampaignConnection",
        "kind": "LinkedField",
        "name": "campaigns",
        "plural": false,
        "selections": [
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
                  (v2/*:: as any*/),
                  (v8/*:: as any*/),
                  (v9/*:: as any*/),
                  {
                    "alias": null,
                    "args": null,
                    "concreteType": "Delivery",
                    "kind": "LinkedField",
                    "name": "delivery",
                    "plural": false,
                    "selections": [
                      (v9/*:: as any*/)
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
                "selections": [
                  (v10/*:: as any*/),
                  {
                    "alias": null,
                    "args": null,
                    "concreteType": "MetricChanges",
                    "kind": "LinkedField",
                    "name": "change",
                    "plural": false,
                    "selections": [
                      {
                        "alias": null,
                        "args": null,
                        "concreteType": "MoneyChange",
                        "kind": "LinkedField",
                        "name": "spend",
                        "plural": false,
                        "selections": [
                          (v11/*:: as any*/),
                          (v12/*:: as any*/)
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
          }
        ],
        "storageKey": null
      },
      "to": "RESULT"
    },
    {
      "kind": "CatchField",
      "field": {
        "alias": "movers",
        "args": [
          (v7/*:: as any*/),
          {
            "kind": "Literal",
            "name": "orderBy",
            "value": {
              "direction": "ASC",
              "metric": "CHECKOUTS",
              "of": "DIFFERENCE"
            }
          },
          (v3/*:: as any*/)
        ],
        "concreteType": "CampaignConnection",
        "kind": "LinkedField",
        "name": "campaigns",
        "plural": false,
        "selections": [
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
                  (v2/*:: as any*/),
                  (v8/*:: as any*/)
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
                      (v5/*:: as any*/)
                    ],
                    "storageKey": null
                  },
                  {
                    "alias": null,
                    "args": null,
                    "concreteType": "MetricChanges",
                    "kind": "LinkedField",
                    "name": "change",
                    "plural": false,
                    "selections": [
                      {
                        "alias": null,
                        "args": null,
                        "concreteType": "NumberChange",
                        "kind": "LinkedField",
                        "name": "checkouts",
                        "plural": false,
                        "selections": [
                          {
                            "alias": null,
                            "args": null,
                            "kind": "ScalarField",
                            "name": "difference",
                            "storageKey": null
                          },
                          (v11/*:: as any*/),
                          (v12/*:: as any*/)
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
          }
        ],
        "storageKey": null
      },
      "to": "RESULT"
    },
    {
      "kind": "CatchField",
      "field": {
        "alias": "topAds",
        "args": [
          {
            "kind": "Literal",
            "name": "filter",
            "value": {
              "metrics": [
                {
                  "metric": "CHECKOUTS",
                  "min": 5
                }
              ]
            }
          },
          (v7/*:: as any*/),
          {
            "kind": "Literal",
            "name": "orderBy",
            "value": {
              "direction": "DESC",
              "metric": "ROAS"
            }
          },
          (v3/*:: as any*/)
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
                  (v2/*:: as any*/),
                  {
                    "alias": "adName",
                    "args": null,
                    "kind": "ScalarField",
                    "name": "name",
                    "storageKey": null
                  },
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
                      (v2/*:: as any*/),
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
                "selections": [
                  (v10/*:: as any*/)
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
    }
  ],
  "type": "Advertiser",
  "abstractKey": null
};
})();

(node as any).hash = "259c3a91404ce593da03d5c15320be7e";

export default node;
