/**
 * @generated SignedSource<<ad805cd18ecf9a3da17029fcb8607ac6>>
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import { ReaderFragment } from 'relay-runtime';
export type Verdict = "BAD" | "GOOD" | "NEUTRAL" | "%future added value";
import { FragmentRefs, Result } from "relay-runtime";
export type PhoneHome_account$data = {
  readonly alerts: Result<{
    readonly edges: ReadonlyArray<{
      readonly node: {
        readonly id: string;
        readonly " $fragmentSpreads": FragmentRefs<"Alert_notification">;
      };
    }>;
  } | null | undefined, unknown>;
  readonly currency: string;
  readonly range: Result<{
    readonly change: {
      readonly conversions: {
        readonly percent: number | null | undefined;
        readonly verdict: Verdict;
      } | null | undefined;
      readonly pinClicks: {
        readonly percent: number | null | undefined;
        readonly verdict: Verdict;
      } | null | undefined;
      readonly roas: {
        readonly percent: number | null | undefined;
        readonly verdict: Verdict;
      } | null | undefined;
      readonly spend: {
        readonly percent: number | null | undefined;
        readonly verdict: Verdict;
      } | null | undefined;
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
    readonly series: ReadonlyArray<{
      readonly isPartial: boolean;
      readonly start: string;
      readonly values: {
        readonly spend: {
          readonly amount: string;
        };
      };
    }> | null | undefined;
    readonly total: {
      readonly conversions: number;
      readonly pinClicks: number;
      readonly roas: number | null | undefined;
      readonly spend: {
        readonly amount: string;
      };
    };
  } | null | undefined, unknown>;
  readonly running: Result<{
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
        readonly id: string;
        readonly name: string;
      };
    }>;
    readonly totalCount: number | null | undefined;
  } | null | undefined, unknown>;
  readonly timeZone: string;
  readonly today: Result<{
    readonly total: {
      readonly conversions: number;
      readonly pinClicks: number;
      readonly spend: {
        readonly amount: string;
      };
    };
  } | null | undefined, unknown>;
  readonly " $fragmentType": "PhoneHome_account";
};
export type PhoneHome_account$key = {
  readonly " $data"?: PhoneHome_account$data;
  readonly " $fragmentSpreads": FragmentRefs<"PhoneHome_account">;
};

const node: ReaderFragment = (function(){
var v0 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "timeZone",
  "storageKey": null
},
v1 = {
  "alias": null,
  "args": null,
  "concreteType": "Money",
  "kind": "LinkedField",
  "name": "spend",
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
v2 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "pinClicks",
  "storageKey": null
},
v3 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "conversions",
  "storageKey": null
},
v4 = {
  "kind": "Variable",
  "name": "report",
  "variableName": "report"
},
v5 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "isPartial",
  "storageKey": null
},
v6 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "roas",
  "storageKey": null
},
v7 = [
  {
    "alias": null,
    "args": null,
    "kind": "ScalarField",
    "name": "percent",
    "storageKey": null
  },
  {
    "alias": null,
    "args": null,
    "kind": "ScalarField",
    "name": "verdict",
    "storageKey": null
  }
],
v8 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "id",
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
  "name": "PhoneHome_account",
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
        "alias": "today",
        "args": [
          {
            "kind": "Literal",
            "name": "report",
            "value": {
              "dates": {
                "preset": "TODAY"
              }
            }
          }
        ],
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
              (v1/*:: as any*/),
              (v2/*:: as any*/),
              (v3/*:: as any*/)
            ],
            "storageKey": null
          }
        ],
        "storageKey": "metrics(report:{\"dates\":{\"preset\":\"TODAY\"}})"
      },
      "to": "RESULT"
    },
    {
      "kind": "CatchField",
      "field": {
        "alias": "range",
        "args": [
          (v4/*:: as any*/)
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
              (v5/*:: as any*/)
            ],
            "storageKey": null
          },
          {
            "alias": null,
            "args": null,
            "concreteType": "MetricValues",
            "kind": "LinkedField",
            "name": "total",
            "plural": false,
            "selections": [
              (v1/*:: as any*/),
              (v2/*:: as any*/),
              (v3/*:: as any*/),
              (v6/*:: as any*/)
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
                "concreteType": "MoneyChange",
                "kind": "LinkedField",
                "name": "spend",
                "plural": false,
                "selections": (v7/*:: as any*/),
                "storageKey": null
              },
              {
                "alias": null,
                "args": null,
                "concreteType": "NumberChange",
                "kind": "LinkedField",
                "name": "pinClicks",
                "plural": false,
                "selections": (v7/*:: as any*/),
                "storageKey": null
              },
              {
                "alias": null,
                "args": null,
                "concreteType": "NumberChange",
                "kind": "LinkedField",
                "name": "conversions",
                "plural": false,
                "selections": (v7/*:: as any*/),
                "storageKey": null
              },
              {
                "alias": null,
                "args": null,
                "concreteType": "NumberChange",
                "kind": "LinkedField",
                "name": "roas",
                "plural": false,
                "selections": (v7/*:: as any*/),
                "storageKey": null
              }
            ],
            "storageKey": null
          },
          {
            "alias": null,
            "args": [
              {
                "kind": "Literal",
                "name": "granularity",
                "value": "DAY"
              }
            ],
            "concreteType": "MetricsBucket",
            "kind": "LinkedField",
            "name": "series",
            "plural": true,
            "selections": [
              {
                "alias": null,
                "args": null,
                "kind": "ScalarField",
                "name": "start",
                "storageKey": null
              },
              (v5/*:: as any*/),
              {
                "alias": null,
                "args": null,
                "concreteType": "MetricValues",
                "kind": "LinkedField",
                "name": "values",
                "plural": false,
                "selections": [
                  (v1/*:: as any*/)
                ],
                "storageKey": null
              }
            ],
            "storageKey": "series(granularity:\"DAY\")"
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
                "UNREAD"
              ]
            }
          },
          {
            "kind": "Literal",
            "name": "first",
            "value": 3
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
                  (v8/*:: as any*/),
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
        "storageKey": "notifications(filter:{\"state\":[\"UNREAD\"]},first:3)"
      },
      "to": "RESULT"
    },
    {
      "kind": "CatchField",
      "field": {
        "alias": "running",
        "args": [
          {
            "kind": "Literal",
            "name": "filter",
            "value": {
              "delivery": [
                "RUNNING"
              ]
            }
          },
          {
            "kind": "Literal",
            "name": "first",
            "value": 5
          },
          {
            "kind": "Literal",
            "name": "orderBy",
            "value": {
              "direction": "DESC",
              "metric": "SPEND"
            }
          },
          (v4/*:: as any*/)
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
                  (v8/*:: as any*/),
                  {
                    "alias": null,
                    "args": null,
                    "kind": "ScalarField",
                    "name": "name",
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
                      (v1/*:: as any*/),
                      (v6/*:: as any*/)
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
    }
  ],
  "type": "Advertiser",
  "abstractKey": null
};
})();

(node as any).hash = "606917264e608c03a808c690ab58693c";

export default node;
