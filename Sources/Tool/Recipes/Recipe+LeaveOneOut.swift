import Datasets

extension Recipe {
  /// The share of each training domain that selects the checkpoint, where neither a split nor the recipe says another: that of
  /// DomainBed.
  private static let validationShare = 0.2

  /// The same run trained on all of `domains` but one, and judged on that one.
  ///
  /// The checkpoint is selected on held-out images of the domains that are trained on (DomainBed's training-domain validation),
  /// unless the recipe's rule is another: those that the domains' own split names, else a share of each domain.
  public func leavingOut(_ domain: DomainSets, of domains: [DomainSets]) -> Recipe {
    let others = domains.filter { $0 != domain }
    let heldOut = others.compactMap(\.heldOut)
    let isSplit = heldOut.count == others.count
    var recipe = self
    recipe.data.train = others.map(\.training)
    recipe.data.heldOut = isSplit ? heldOut : []
    recipe.data.heldOutFraction = isSplit ? nil : data.heldOutFraction ?? Self.validationShare
    recipe.data.unseen = [domain.judged]
    recipe.data.real = []
    recipe.published = nil
    return recipe
  }
}
