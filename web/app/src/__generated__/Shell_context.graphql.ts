/**
 * @generated SignedSource<<4c6b814f2dbde92778ab92a3eff0d61c>>
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import { ReaderFragment } from 'relay-runtime';
import { FragmentRefs } from "relay-runtime";
export type Shell_context$data = {
  readonly conversionsFinalThrough: string | null | undefined;
  readonly dataAsOf: string | null | undefined;
  readonly from: string;
  readonly isPartial: boolean;
  readonly previousFrom: string | null | undefined;
  readonly previousTo: string | null | undefined;
  readonly timeZone: string;
  readonly to: string;
  readonly " $fragmentType": "Shell_context";
};
export type Shell_context$key = {
  readonly " $data"?: Shell_context$data;
  readonly " $fragmentSpreads": FragmentRefs<"Shell_context">;
};

const node: ReaderFragment = {
  "argumentDefinitions": [],
  "kind": "Fragment",
  "metadata": null,
  "name": "Shell_context",
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
  "type": "MetricsContext",
  "abstractKey": null
};

(node as any).hash = "7723eb439b598128ece88ddad1a60371";

export default node;
