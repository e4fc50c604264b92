/**
 * @generated SignedSource<<ce2945971599f4e5a143acf77b950c39>>
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import { ReaderFragment } from 'relay-runtime';
export type Verdict = "BAD" | "GOOD" | "NEUTRAL" | "%future added value";
import { FragmentRefs } from "relay-runtime";
export type Performance_report$data = {
  readonly change: {
    readonly checkouts: {
      readonly percent: number | null | undefined;
      readonly verdict: Verdict;
    } | null | undefined;
    readonly cpc: {
      readonly percent: number | null | undefined;
      readonly verdict: Verdict;
    } | null | undefined;
    readonly ctr: {
      readonly percent: number | null | undefined;
      readonly verdict: Verdict;
    } | null | undefined;
    readonly impressions: {
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
    readonly currency: string;
    readonly from: string;
    readonly isPartial: boolean;
    readonly timeZone: string;
    readonly to: string;
  };
  readonly markers: ReadonlyArray<{
    readonly changes: ReadonlyArray<{
      readonly actor: {
        readonly name: string;
      } | null | undefined;
      readonly entity: {
        readonly __typename: "Ad";
        readonly adName: string | null | undefined;
      } | {
        readonly __typename: "AdGroup";
        readonly name: string;
      } | {
        readonly __typename: "Campaign";
        readonly name: string;
      } | {
        // This will never be '%other', but we need some
        // value in case none of the concrete values match.
        readonly __typename: "%other";
      } | null | undefined;
      readonly field: string;
      readonly id: string;
      readonly new: unknown | null | undefined;
      readonly old: unknown | null | undefined;
    }>;
    readonly count: number;
    readonly start: string;
  }> | null | undefined;
  readonly previous: {
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
  } | null | undefined;
  readonly series: ReadonlyArray<{
    readonly isMissing: boolean;
    readonly isPartial: boolean;
    readonly start: string;
    readonly values: {
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
  }> | null | undefined;
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
  readonly " $fragmentType": "Performance_report";
};
export type Performance_report$key = {
  readonly " $data"?: Performance_report$data;
  readonly " $fragmentSpreads": FragmentRefs<"Performance_report">;
};

const node: ReaderFragment = (function(){
var v0 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "isPartial",
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
v2 = [
  {
    "alias": null,
    "args": null,
    "concreteType": "Money",
    "kind": "LinkedField",
    "name": "spend",
    "plural": false,
    "selections": (v1/*:: as any*/),
    "storageKey": null
  },
  {
    "alias": null,
    "args": null,
    "kind": "ScalarField",
    "name": "impressions",
    "storageKey": null
  },
  {
    "alias": null,
    "args": null,
    "kind": "ScalarField",
    "name": "pinClicks",
    "storageKey": null
  },
  {
    "alias": null,
    "args": null,
    "kind": "ScalarField",
    "name": "ctr",
    "storageKey": null
  },
  {
    "alias": null,
    "args": null,
    "concreteType": "Money",
    "kind": "LinkedField",
    "name": "cpc",
    "plural": false,
    "selections": (v1/*:: as any*/),
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
v3 = [
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
v4 = [
  {
    "kind": "Literal",
    "name": "granularity",
    "value": "DAY"
  }
],
v5 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "start",
  "storageKey": null
},
v6 = [
  {
    "alias": null,
    "args": null,
    "kind": "ScalarField",
    "name": "name",
    "storageKey": null
  }
];
return {
  "argumentDefinitions": [],
  "kind": "Fragment",
  "metadata": null,
  "name": "Performance_report",
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
          "name": "timeZone",
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "currency",
          "storageKey": null
        },
        (v0/*:: as any*/)
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
      "selections": (v2/*:: as any*/),
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "concreteType": "MetricValues",
      "kind": "LinkedField",
      "name": "previous",
      "plural": false,
      "selections": (v2/*:: as any*/),
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
          "selections": (v3/*:: as any*/),
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "concreteType": "NumberChange",
          "kind": "LinkedField",
          "name": "impressions",
          "plural": false,
          "selections": (v3/*:: as any*/),
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "concreteType": "NumberChange",
          "kind": "LinkedField",
          "name": "pinClicks",
          "plural": false,
          "selections": (v3/*:: as any*/),
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "concreteType": "NumberChange",
          "kind": "LinkedField",
          "name": "ctr",
          "plural": false,
          "selections": (v3/*:: as any*/),
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "concreteType": "MoneyChange",
          "kind": "LinkedField",
          "name": "cpc",
          "plural": false,
          "selections": (v3/*:: as any*/),
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "concreteType": "NumberChange",
          "kind": "LinkedField",
          "name": "checkouts",
          "plural": false,
          "selections": (v3/*:: as any*/),
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "concreteType": "NumberChange",
          "kind": "LinkedField",
          "name": "roas",
          "plural": false,
          "selections": (v3/*:: as any*/),
          "storageKey": null
        }
      ],
      "storageKey": null
    },
    {
      "alias": null,
      "args": (v4/*:: as any*/),
      "concreteType": "MetricsBucket",
      "kind": "LinkedField",
      "name": "series",
      "plural": true,
      "selections": [
        (v5/*:: as any*/),
        (v0/*:: as any*/),
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "isMissing",
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "concreteType": "MetricValues",
          "kind": "LinkedField",
          "name": "values",
          "plural": false,
          "selections": (v2/*:: as any*/),
          "storageKey": null
        }
      ],
      "storageKey": "series(granularity:\"DAY\")"
    },
    {
      "alias": null,
      "args": (v4/*:: as any*/),
      "concreteType": "ChangeMarker",
      "kind": "LinkedField",
      "name": "markers",
      "plural": true,
      "selections": [
        (v5/*:: as any*/),
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "count",
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "concreteType": "Change",
          "kind": "LinkedField",
          "name": "changes",
          "plural": true,
          "selections": [
            {
              "alias": null,
              "args": null,
              "kind": "ScalarField",
              "name": "id",
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
            },
            {
              "alias": null,
              "args": null,
              "concreteType": "Person",
              "kind": "LinkedField",
              "name": "actor",
              "plural": false,
              "selections": (v6/*:: as any*/),
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
                {
                  "kind": "InlineFragment",
                  "selections": (v6/*:: as any*/),
                  "type": "Campaign",
                  "abstractKey": null
                },
                {
                  "kind": "InlineFragment",
                  "selections": (v6/*:: as any*/),
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
            }
          ],
          "storageKey": null
        }
      ],
      "storageKey": "markers(granularity:\"DAY\")"
    }
  ],
  "type": "MetricsReport",
  "abstractKey": null
};
})();

(node as any).hash = "0165c0499585584b7690ff21ce6915cf";

export default node;
