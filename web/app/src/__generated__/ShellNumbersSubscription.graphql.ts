/**
 * @generated SignedSource<<27818300af806252b6d2984806c259b9>>
 * @relayHash 87d379dae8e72de7396e5c6db79e3ad5
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

// @relayRequestID e00d40fe06df6f1d0f2b2f60ef0eabf6c0e59bb91b6a68c1e42b5d848889c1ac

import { ConcreteRequest } from 'relay-runtime';
export type ShellNumbersSubscription$variables = {
  account: string;
};
export type ShellNumbersSubscription$data = {
  readonly metricsAdvanced: {
    readonly dataAsOf: string | null | undefined;
  } | null | undefined;
};
export type ShellNumbersSubscription = {
  response: ShellNumbersSubscription$data;
  variables: ShellNumbersSubscription$variables;
};

const node: ConcreteRequest = (function(){
var v0 = [
  {
    "defaultValue": null,
    "kind": "LocalArgument",
    "name": "account"
  }
],
v1 = [
  {
    "alias": null,
    "args": [
      {
        "kind": "Variable",
        "name": "advertiserId",
        "variableName": "account"
      }
    ],
    "concreteType": "MetricsTick",
    "kind": "LinkedField",
    "name": "metricsAdvanced",
    "plural": false,
    "selections": [
      {
        "alias": null,
        "args": null,
        "kind": "ScalarField",
        "name": "dataAsOf",
        "storageKey": null
      }
    ],
    "storageKey": null
  }
];
return {
  "fragment": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Fragment",
    "metadata": null,
    "name": "ShellNumbersSubscription",
    "selections": (v1/*:: as any*/),
    "type": "Subscription",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Operation",
    "name": "ShellNumbersSubscription",
    "selections": (v1/*:: as any*/)
  },
  "params": {
    "id": "e00d40fe06df6f1d0f2b2f60ef0eabf6c0e59bb91b6a68c1e42b5d848889c1ac",
    "metadata": {},
    "name": "ShellNumbersSubscription",
    "operationKind": "subscription",
    "text": null
  }
};
})();

(node as any).hash = "d96d4f9a919703a0f736a51bcf885949";

export default node;
