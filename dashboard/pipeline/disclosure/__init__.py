"""Disclosure control: returns in, counts out that tell of nobody. A first page for who reads this folder.

**What is published.** Every count made from returns is a multiple of 5, within 4 of the truth nearly always and
within 9 at most, and every sum that a reader can make is exact. All counts lie in twelve families of tables:

    M    area x year x outcome state: the root, which every other family of the same people adds up to
    A1   area x quarter x state                        A2   area x year x programme x state
    B_c  area x year x category of c x state           C_c  Scotland x quarter x category x state
    D_c  Scotland x year x programme x category x state
    E_ab Scotland x year x two characteristics x state
    F    area x year x follow-up x answer, of those who entered work
    T    area x year, and Scotland x quarter, x months to work
    W    area x year x wait from referral to start
    S    area x year x domain x band of soft outcomes; S_c by a characteristic, for Scotland
    X    area x year x statement x answer: survey responses, a base of their own

What a table is it says itself (`lattice.Family`): `has_areas`, `is_quarterly`, `has_states`, which `book` it counts
(people or responses), and `year`, where one year lies in it. Nothing asks for the letters of its name.

**Words.**

state, headline   The nine outcomes a person may be in, and the sums over them that are figures too (`tree`).
step              A published count is five times its *steps*. In `plan` a `Step` is a piece of the work to be done.
stage             One problem for the solver: some tables of one year, and the sums they must meet (`stages`).
offset            A secret share for each cell address, from the key: a count whose remainder by 5 is a larger share of 5
                  leans up, any other down.
tight, widen      A tight count is one of the two multiples of 5 around the truth, within 4. Where no table of tight
                  counts adds up, as few as can be are widened: one step further, within 9. Some never are: *rigid*.
margin            The sums along one axis of a table, as Scotland's over areas. One settled earlier is kept exactly.
face, loop        Three tables that are the faces of one that nobody publishes (quarter x place, quarter x category,
                  place x category) close a loop: some table without a negative count must have all three (`joint`).
settle            To fix the counts of a table. Settled tables are constants of all that come later.
edition, ledger   One release of returns; and the secret memory of the ones before, beside the key (`editions`).
copy, hold        A year in which nobody changed is copied. With fewer than 10 changed people it is held: published as
                  before, for a year at most, or until a count would be more than 9 from the truth. Else it is solved
                  *again*, leaving published counts only where the change asks for it (*moved*, *window*).
break             An edition that the ledger was not kept for, beside which one is published all the same.

**Where to start.** `gate.protect` is the way through, and reads like a contents page:

    states    who counts where              lattice    the list of tables, and the true counts in them
    limits    what exact totals known elsewhere must not give away
    plan      what to solve, in which order, from what          stages   each problem's sums
    rounding  one problem as a whole-number programme           programme  how it is solved, always alike
    joint     loops, after rounding          workers    stages in one process or several, with one result
    editions  the ledger                     recall     what the edition before held, for the audit
    quality   shares of what is not known, from protected counts alone

`audit` is the attacker: it reads the finished extract and takes from here only who is in which state.
"""
