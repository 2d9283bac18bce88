import Analysis
import Foundation
import Runs
import Testing

@Suite struct SuccessiveHalvingTests {
  @Test(
    arguments: [
      (9, 3, [9, 3, 1]), (8, 2, [8, 4, 2, 1]), (7, 3, [7, 3, 1]), (2, 3, [2]), (1, 3, [1]),
      (5, 1, [5]), (10, 3, [10, 4, 2]),
    ] as [(Int, Int, [Int])])
  func oneOfSeveralGoesOn(_ trials: Int, _ reduction: Int, _ counts: [Int]) {
    #expect(SuccessiveHalving(trials: trials, reduction: reduction).counts == counts)
  }

  @Test func roundsEndWhereTheNetworkIsJudged() {
    let rounds = SuccessiveHalving(trials: 9, reduction: 3)
    #expect(rounds.ends(of: 150) { $0 == 150 || $0 % 25 == 0 } == [25, 50, 150])
    #expect(rounds.ends(of: 90) { _ in true } == [10, 30, 90])
    // A run that is judged at its end alone has no shorter rounds.
    #expect(rounds.ends(of: 90) { $0 == 90 } == [90, 90, 90])
    #expect(SuccessiveHalving(trials: 9, reduction: 1).ends(of: 7) { $0 == 7 } == [7])
  }

  @Test func theBestComeFirstAndOfEqualOnesTheEarlier() {
    #expect(SuccessiveHalving.best([0: 0.5, 1: 0.7, 2: 0.7, 4: 0.6], count: 3) == [1, 2, 4])
    #expect(SuccessiveHalving.best([:], count: 3).isEmpty)
  }
}
