/** What was read, less what gets no mail of its own: a sheet that adds up. */

import type { JSX } from "preact";
import type { Expansion } from "../api";
import { words } from "../words/common";
import { amount, fill, number } from "../words/fill";
import { reviewedWords } from "../words/pane/reviewed";
import { balanceLines } from "./review";

const text = reviewedWords.balance;

export function BalanceTable({ result }: { result: Expansion }): JSX.Element {
  const { balance } = result;
  return (
    <table class="balance">
      <thead class="visually-hidden">
        <tr>
          <th scope="col">{text.item}</th>
          <th scope="col">{text.amount}</th>
        </tr>
      </thead>
      <tbody>
        <tr>
          <th scope="row">{text.read}</th>
          <td class="numeric">{number(balance.members_read)}</td>
        </tr>
        {balanceLines(balance).map(({ name, amount: n }) => (
          <tr key={name}>
            <th scope="row" class="quiet">
              {text[name]}
            </th>
            <td class="numeric">
              <span aria-hidden="true">−{number(n)}</span>
              <span class="visually-hidden">{fill(text.minus, { n })}</span>
            </td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">{text.recipients}</th>
          <td class="numeric">{amount(result.count, words.amounts)}</td>
        </tr>
      </tfoot>
    </table>
  );
}
